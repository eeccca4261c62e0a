package io.github.dxlcdi;

import com.opendxl.client.message.Event;
import io.github.dxlcdi.tie.json.Excerpt;
import java.util.Optional;

/**
 * Is fired for a message that did not reach an observer: its body is no DXL event, its payload is not what its topic
 * promises, or an observer failed on it, or a callback that the application has added to the injected client. Other
 * observers, and other messages, are not affected. An observer of this event that fails itself is logged and nothing
 * more. Fired on the thread that tried to deliver.
 *
 * @param topic the topic it came on
 * @param bytes the payload, or the whole body when that is no DXL event; not copied
 * @param cause what went wrong
 * @param observer class and method of the observer that failed, or class of the callback; empty when the message could
 *     not be read
 * @param event the DXL event; empty when the body is none, and for a request or a response
 */
public record UndeliverableMessage(
        String topic, byte[] bytes, Throwable cause, Optional<String> observer, Optional<Event> event) {

    /** Topic, size, kind of cause and observer; what came may be hostile or secret, and stays out of it. */
    @Override
    public String toString() {
        return "UndeliverableMessage[" + Excerpt.of(topic) + ", " + bytes.length + " bytes, "
                + cause.getClass().getName() + ", " + observer.orElse("no observer") + "]";
    }
}
