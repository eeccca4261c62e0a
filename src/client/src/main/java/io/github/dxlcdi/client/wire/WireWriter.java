package io.github.dxlcdi.client.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dxlcdi.client.wire.WireMessage.ErrorFields;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.client.wire.WireMessage.ResponseFields;
import java.io.IOException;
import java.util.List;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack.PackerConfig;

/**
 * Writes a DXL message in its own version, in the only form that every client and broker reads: strings and bytes of
 * msgpack's old raw family ({@code fixraw}, {@code raw16}, {@code raw32}), integers in the shortest form, error codes
 * signed.
 */
public final class WireWriter {
    private static final PackerConfig OLD_RAW_FAMILY = new PackerConfig().withStr8FormatSupport(false);

    private final MessageBufferPacker out = OLD_RAW_FAMILY.newBufferPacker();

    private WireWriter() {}

    /** The bytes of {@code message}, for the body of a PUBLISH packet. */
    public static byte[] write(WireMessage message) {
        try {
            WireWriter writer = new WireWriter();
            writer.message(message);
            return writer.out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
    }

    private void message(WireMessage message) throws IOException {
        out.packInt(message.version());
        out.packInt(message.typeFields().type());
        text(message.messageId());
        text(message.sourceClientId());
        text(message.sourceBrokerId());
        texts(message.brokerIds());
        texts(message.clientIds());
        raw(message.payload());
        typeFields(message.typeFields());
        if (message.version() >= 1) {
            texts(message.otherFields());
        }
        if (message.version() >= 2) {
            text(message.sourceTenantGuid());
            texts(message.destTenantGuids());
        }
        if (message.version() >= 3) {
            text(message.sourceClientInstanceId());
        }
    }

    private void typeFields(WireMessage.TypeFields fields) throws IOException {
        if (fields instanceof RequestFields request) {
            text(request.replyToTopic());
            text(request.serviceId());
        } else if (fields instanceof ResponseFields response) {
            text(response.requestMessageId());
            text(response.serviceId());
        } else if (fields instanceof ErrorFields error) {
            text(error.requestMessageId());
            text(error.serviceId());
            out.packInt(error.errorCode());
            text(error.errorMessage());
        }
    }

    private void text(String value) throws IOException {
        raw(value.getBytes(UTF_8));
    }

    private void raw(byte[] value) throws IOException {
        out.packRawStringHeader(value.length);
        out.addPayload(value);
    }

    private void texts(List<String> values) throws IOException {
        out.packArrayHeader(values.size());
        for (String value : values) {
            text(value);
        }
    }
}
