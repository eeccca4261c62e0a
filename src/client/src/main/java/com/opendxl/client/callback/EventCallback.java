package com.opendxl.client.callback;

import com.opendxl.client.message.Event;

/** Is called for every event on the topic that it was added for. */
@FunctionalInterface
public interface EventCallback extends MessageCallback {
    /**
     * Takes one event. Runs on one of the client's delivery threads; with one such thread (the default) events come in the
     * order of their arrival. It may block: the client then stops reading from the network and loses nothing. What it
     * throws is logged and keeps no other callback from the event.
     */
    void onEvent(Event event);
}
