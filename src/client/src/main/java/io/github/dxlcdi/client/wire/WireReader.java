package io.github.dxlcdi.client.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dxlcdi.client.wire.WireMessage.ErrorFields;
import io.github.dxlcdi.client.wire.WireMessage.EventFields;
import io.github.dxlcdi.client.wire.WireMessage.RequestFields;
import io.github.dxlcdi.client.wire.WireMessage.ResponseFields;
import io.github.dxlcdi.client.wire.WireOutline.Field;
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
    private final byte[] bytes;
    private final int start;
    private final MessageUnpacker in;
    private final WireOutline outline;
    private Field field = Field.VERSION;
    private boolean allOldRaw = true;
    private boolean someBinOrNil;

    private WireReader(byte[] bytes, int start) {
        this.bytes = bytes;
        this.start = start;
        in = MessagePack.newDefaultUnpacker(bytes, start, bytes.length - start);
        outline = new WireOutline(bytes);
    }

    /**
     * Reads one message and makes objects of all its fields.
     *
     * @throws WireException if the bytes are none; nothing else is ever thrown for bad bytes
     */
    public static WireMessage read(byte[] bytes) throws WireException {
        return outline(bytes).message();
    }

    /**
     * Reads one message, as strictly as {@link #read}, without making objects of its fields.
     *
     * @param bytes the outline's own from now on, not copied
     * @throws WireException as {@link #read}
     */
    public static WireOutline outline(byte[] bytes) throws WireException {
        WireReader reader = new WireReader(bytes, 0);
        try {
            reader.message();
            reader.outline.forms(reader.allOldRaw && reader.at() == bytes.length, reader.someBinOrNil);
            return reader.outline;
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

    /** The texts of a list that was read before: {@code count} of them from {@code start} on. */
    static List<String> texts(byte[] bytes, int start, int count) {
        WireReader reader = new WireReader(bytes, start);
        List<String> texts = new ArrayList<>(count);
        try {
            for (int i = 0; i < count; i++) {
                int length = reader.rawLength();
                texts.add(new String(bytes, reader.at(), length, UTF_8));
                reader.in.readPayloadAsReference(length);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the bytes of a message have been changed", e);
        }
        return texts;
    }

    /**
     * Whether the bytes begin as those of an event, with numbers in the shortest form, as every known client and broker
     * writes them. Whether they are one, {@link #outline} finds out.
     */
    public static boolean beginsAsEvent(byte[] bytes) {
        return bytes.length > 1 && bytes[0] >= 0 && bytes[1] == EventFields.TYPE;
    }

    private void message() throws IOException {
        int version = integer(Field.VERSION);
        if (version < 0) {
            throw malformed("is " + version + ", expected 0 or more", null);
        }
        int type = integer(Field.MESSAGE_TYPE);
        raw(Field.MESSAGE_ID);
        raw(Field.SOURCE_CLIENT_ID);
        raw(Field.SOURCE_BROKER_ID);
        texts(Field.BROKER_IDS);
        texts(Field.CLIENT_IDS);
        raw(Field.PAYLOAD);
        typeFields(type);
        if (version >= 1) {
            texts(Field.OTHER_FIELDS);
        }
        if (version >= 2) {
            raw(Field.SOURCE_TENANT);
            texts(Field.DESTINATION_TENANTS);
        }
        if (version >= 3) {
            raw(Field.SOURCE_CLIENT_INSTANCE_ID);
        }
    }

    private void typeFields(int type) throws IOException {
        switch (type) {
            case EventFields.TYPE -> {}
            case RequestFields.TYPE -> {
                raw(Field.REPLY_TO_TOPIC);
                raw(Field.SERVICE_ID);
            }
            case ResponseFields.TYPE -> {
                raw(Field.REQUEST_MESSAGE_ID);
                raw(Field.SERVICE_ID);
            }
            case ErrorFields.TYPE -> {
                raw(Field.REQUEST_MESSAGE_ID);
                raw(Field.SERVICE_ID);
                errorCode();
                raw(Field.ERROR_MESSAGE);
            }
            default -> {
                field = Field.MESSAGE_TYPE;
                throw malformed("is " + type + ", expected 0 to 3", null);
            }
        }
    }

    private int integer(Field name) throws IOException {
        field = name;
        int value = in.unpackInt();
        outline.put(name, at(), value);
        return value;
    }

    /** Clients in Python and JavaScript write the fabric's codes as unsigned 32 bits, Java and brokers as signed. */
    private void errorCode() throws IOException {
        field = Field.ERROR_CODE;
        outline.put(field, at(), (int) in.unpackLong());
    }

    private void raw(Field name) throws IOException {
        field = name;
        int length = rawLength();
        outline.put(name, at(), length);
        in.readPayloadAsReference(length);
    }

    private void texts(Field name) throws IOException {
        field = name;
        MessageFormat form = in.getNextFormat();
        if (form == MessageFormat.NIL) {
            binOrNil();
        }
        int count = passedNil(form) ? 0 : checked(in.unpackArrayHeader());
        outline.put(name, at(), count);
        for (int i = 0; i < count; i++) {
            in.readPayloadAsReference(rawLength());
        }
    }

    private int rawLength() throws IOException {
        MessageFormat form = in.getNextFormat();
        switch (form) {
            case FIXSTR, STR16, STR32 -> {}
            case STR8 -> allOldRaw = false;
            default -> binOrNil();
        }
        return passedNil(form) ? 0 : checked(in.unpackRawStringHeader());
    }

    /** Whether {@code form} is {@code nil}, which stands for an empty field; then it is passed. */
    private boolean passedNil(MessageFormat form) throws IOException {
        boolean nil = form == MessageFormat.NIL;
        if (nil) {
            in.unpackNil();
        }
        return nil;
    }

    private void binOrNil() {
        allOldRaw = false;
        someBinOrNil = true;
    }

    private int at() {
        return start + (int) in.getTotalReadBytes();
    }

    /** Every element takes at least one byte, so no count or length may exceed what is left. */
    private int checked(int announced) throws WireException {
        int left = bytes.length - at();
        if (announced > left) {
            throw malformed("announces a length of " + announced + ", but only " + left + " bytes are left", null);
        }
        return announced;
    }

    private WireException malformed(String what, Throwable cause) {
        return new WireException(
                "not a DXL message: field '" + field + "' at byte " + at() + " of " + bytes.length + ": " + what,
                cause);
    }
}
