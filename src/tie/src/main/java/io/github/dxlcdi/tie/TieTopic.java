package io.github.dxlcdi.tie;

import com.opendxl.client.message.Event;
import java.util.function.Function;

/** The topics whose events become records. */
public enum TieTopic {
    /** An endpoint acted on a file. */
    FILE_DETECTION(FileDetection.TOPIC, FileDetection.class, FileDetection::read);

    private final String topic;
    private final Class<? extends TieEvent> type;
    private final Function<Event, ? extends TieEvent> reader;

    <T extends TieEvent> TieTopic(String topic, Class<T> type, Function<Event, T> reader) {
        this.topic = topic;
        this.type = type;
        this.reader = reader;
    }

    /** The topic as it stands on the fabric. */
    public String topic() {
        return topic;
    }

    /** The record that events of this topic become. */
    public Class<? extends TieEvent> type() {
        return type;
    }

    /**
     * The record of an event of this topic.
     *
     * @throws io.github.dxlcdi.tie.json.MalformedPayloadException if its payload is none
     */
    public TieEvent read(Event event) {
        return reader.apply(event);
    }
}
