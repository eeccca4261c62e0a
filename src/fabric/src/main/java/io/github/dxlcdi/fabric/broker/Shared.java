package io.github.dxlcdi.fabric.broker;

/**
 * What the brokers of one fabric have in common. Runs on the event loop.
 *
 * @param bridge the way from each to each
 * @param topicRules who may send to which topic, and receive from it
 * @param revocations the certificates that count no more
 */
record Shared(Bridge bridge, TopicRules topicRules, Revocations revocations) {
    Shared() {
        this(new Bridge(), new TopicRules(), new Revocations());
    }
}
