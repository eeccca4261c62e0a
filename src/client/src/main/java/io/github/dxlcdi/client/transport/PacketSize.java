package io.github.dxlcdi.client.transport;

import io.netty.buffer.ByteBufUtil;

/**
 * How many bytes an MQTT packet takes, its fixed header included. A DXL broker closes the connection that brings more
 * than it allows.
 */
public final class PacketSize {
    /** What a DXL broker allows unless its {@code messageSizeLimit} says otherwise. */
    public static final int BROKER_DEFAULT = 1_048_576;

    /** What MQTT can express: four bytes of seven bits each count what follows them. */
    public static final int MOST = (1 << 28) - 1 + 5;

    private static final int TYPE_BYTES = 1;
    private static final int TOPIC_LENGTH_BYTES = 2;

    private PacketSize() {}

    /** The size of a PUBLISH packet with quality of service 0. */
    public static long ofPublish(String topic, int bodyBytes) {
        long remaining = (long) TOPIC_LENGTH_BYTES + ByteBufUtil.utf8Bytes(topic) + bodyBytes;
        int lengthBytes = 1;
        for (long rest = remaining >> 7; rest > 0; rest >>= 7) {
            lengthBytes++;
        }
        return TYPE_BYTES + lengthBytes + remaining;
    }
}
