package io.github.dxlcdi.client.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dxlcdi.client.wire.WireMessage.ErrorFields;
import io.github.dxlcdi.client.wire.WireMessage.EventFields;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.client.wire.WireMessage.ResponseFields;
import io.github.dxlcdi.client.wire.WireMessage.TypeFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageSizeException;
import org.msgpack.core.MessageUnpacker;

/**
 * Reads a DXL message, as tolerant as the clients in the field demand: strings and bytes of the old raw family, of
 * {@code str8} and of {@code bin}, {@code nil} for an empty field, error codes signed or unsigned, newer versions as far
 * as known, trailing bytes ignored.
 */
public final class WireReader {
    private final MessageUnpacker in;
    private final int length;
    private String field = "version";

    private WireReader(byte[] bytes) {
        in = MessagePack.newDefaultUnpacker(bytes);
        length = bytes.length;
    }

    /**
     * Reads one message.
     *
     * @throws WireException if the bytes are none; nothing else is ever thrown for bad bytes
     */
    public static WireMessage read(byte[] bytes) throws WireException {
        WireReader reader = new WireReader(bytes);
        try {
            return reader.message();
        } catch (WireException e) {
            throw e;
        } catch (MessageInsufficientBufferException e) {
            throw reader.malformed("the bytes end before it does", e);
        } catch (MessageSizeException e) {
            throw reader.malformed("announces a length of " + e.getSize() + ", more than any message has", e);
        } catch (IOException | MessagePackException e) {
            throw reader.malformed(e.getMessage(), e);
        }
    }

    private WireMessage message() throws IOException {
        int version = integer("version");
        if (version < 0) {
            throw malformed("is " + version + ", expected 0 or more", null);
        }
        int type = integer("message type");
        String messageId = text("message id");
        String sourceClientId = text("source client id");
        String sourceBrokerId = text("source broker id");
        List<String> brokerIds = texts("broker ids");
        List<String> clientIds = texts("client ids");
        byte[] payload = raw("payload");
        TypeFields typeFields = typeFields(type);
        List<String> otherFields = version >= 1 ? texts("other fields") : List.of();
        String sourceTenantGuid = version >= 2 ? text("source tenant") : "";
        List<String> destTenantGuids = version >= 2 ? texts("destination tenants") : List.of();
        String instanceId = version >= 3 ? text("source client instance id") : "";
        return new WireMessage(
                version,
                messageId,
                sourceClientId,
                sourceBrokerId,
                brokerIds,
                clientIds,
                payload,
                typeFields,
                otherFields,
                sourceTenantGuid,
                destTenantGuids,
                instanceId);
    }

    private TypeFields typeFields(int type) throws IOException {
        return switch (type) {
            case EventFields.TYPE -> new EventFields();
            case RequestFields.TYPE -> new RequestFields(text("reply-to topic"), text("service id"));
            case ResponseFields.TYPE -> new ResponseFields(text("request message id"), text("service id"));
            case ErrorFields.TYPE ->
                new ErrorFields(text("request message id"), text("service id"), errorCode(), text("error message"));
            default -> {
                field = "message type";
                throw malformed("is " + type + ", expected 0 to 3", null);
            }
        };
    }

    private int integer(String name) throws IOException {
        field = name;
        return in.unpackInt();
    }

    /** Clients in Python and JavaScript write the fabric's codes as unsigned 32 bits, Java and brokers as signed. */
    private int errorCode() throws IOException {
        field = "error code";
        return (int) in.unpackLong();
    }

    private String text(String name) throws IOException {
        return new String(raw(name), UTF_8);
    }

    private byte[] raw(String name) throws IOException {
        field = name;
        if (in.getNextFormat() == MessageFormat.NIL) {
            in.unpackNil();
            return new byte[0];
        }
        return in.readPayload(checked(in.unpackRawStringHeader()));
    }

    private List<String> texts(String name) throws IOException {
        field = name;
        if (in.getNextFormat() == MessageFormat.NIL) {
            in.unpackNil();
            return List.of();
        }
        int count = checked(in.unpackArrayHeader());
        if (count == 0) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text(name));
        }
        return texts;
    }

    /** Every element takes at least one byte, so no count or length may exceed what is left. */
    private int checked(int announced) throws WireException {
        long left = length - in.getTotalReadBytes();
        if (announced > left) {
            throw malformed("announces a length of " + announced + ", but only " + left + " bytes are left", null);
        }
        return announced;
    }

    private WireException malformed(String what, Throwable cause) {
        return new WireException(
                "not a DXL message: field '" + field + "' at byte " + in.getTotalReadBytes() + " of " + length + ": "
                        + what,
                cause);
    }
}
