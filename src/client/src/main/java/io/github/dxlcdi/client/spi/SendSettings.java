package io.github.dxlcdi.client.spi;

/** What a configuration may say of messages that are sent, beyond the API of the OpenDXL Java client. */
public interface SendSettings {
    /**
     * The largest message that is sent, in bytes of its whole MQTT packet; 0: as large as MQTT allows.
     *
     * @throws IllegalArgumentException if negative
     */
    void setMaxPacketSize(int bytes);
}
