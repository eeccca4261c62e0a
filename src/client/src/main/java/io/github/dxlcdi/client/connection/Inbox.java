package io.github.dxlcdi.client.connection;

/** Where arriving messages go: bounded, and the connection stops reading while it is full. */
public interface Inbox {
    /**
     * Takes a message, on the event loop. Never waits and never refuses: it is the connection that stops in time. Some
     * messages still come after it is full, and answers may be awaited meanwhile. It may lie there until {@link
     * #addedAll()}.
     */
    void add(String topic, byte[] body);

    /** For now nothing more is to be read: all that was added may be delivered. Event loop. */
    void addedAll();

    /** Whether reading should stop. Any thread. */
    boolean isFull();

    /** Whether not even the reserve has room, from which messages are served that precede an awaited answer. */
    boolean isReserveUsedUp();

    /** Whether somebody waits for a message that answers a request. Event loop. */
    boolean awaitsAnswer();

    /** Whoever waits for an answer waits no longer, because there is no room for what precedes it. Event loop. */
    void giveUpAnswers();

    /** Sets what is called, on any thread, when it is no longer full. */
    void onRoom(Runnable task);
}
