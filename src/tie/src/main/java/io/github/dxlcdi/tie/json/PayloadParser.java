package io.github.dxlcdi.tie.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Jackson's parser, kept for the next payload: making one costs a seventh of what reading with it does. To the parser all
 * payloads are one stream of objects. Of one thread at a time, between {@link #of} and {@link #close}; nothing is bound to a
 * thread, as on a server's threads it would outlive the application.
 */
final class PayloadParser implements AutoCloseable {
    /** After so many a parser is ended: it remembers keys, which come from the network. */
    private static final int MOST_BYTES = 256 * 1024;

    /** A parser keeps the memory that its longest text took. */
    private static final int LONGEST_PAYLOAD = 16 * 1024;

    /** All that one delivering thread needs: no queue's node for each payload. */
    private static final AtomicReference<PayloadParser> AT_HAND = new AtomicReference<>();

    private static final Queue<PayloadParser> OTHERS = new ConcurrentLinkedQueue<>();

    private final Source source = new Source();
    private final JsonParser tokens = Json.FACTORY.createParser(source);

    /** Where in the stream the payload begins. */
    private long start;

    private boolean reusable;

    private PayloadParser() throws IOException {}

    /** One that stands before the first token of {@code payload}. */
    static PayloadParser of(ByteBuffer payload) throws IOException {
        PayloadParser parser = AT_HAND.getAndSet(null);
        if (parser == null) {
            parser = OTHERS.poll();
        }
        if (parser == null) {
            parser = new PayloadParser();
        }
        parser.begin(payload);
        return parser;
    }

    private void begin(ByteBuffer payload) {
        reusable = false;
        source.content = payload;
        source.position = 0;
    }

    /** What is parsed; its first byte is at 0. */
    ByteBuffer payload() {
        return source.content;
    }

    /** Jackson's side of it; after the payload's last token it says that nothing follows. */
    JsonParser tokens() {
        return tokens;
    }

    /** How many bytes of the payload are parsed. */
    int position() {
        return (int) (tokens.currentLocation().getByteOffset() - start);
    }

    /**
     * Whether the payload's last byte ends its object. If not, {@link #tokens} finds out what follows; it can't go on with the
     * next payload then, for having seen the end.
     */
    boolean endsHere() {
        int length = source.content.limit();
        boolean ends = tokens.hasToken(JsonToken.END_OBJECT)
                && tokens.getParsingContext().inRoot()
                && position() == length;
        reusable = ends && length <= LONGEST_PAYLOAD && start + length < MOST_BYTES;
        return ends;
    }

    /** Keeps it for another payload, or ends it. */
    @Override
    public void close() throws IOException {
        if (!reusable) {
            tokens.close();
            return;
        }
        start += source.content.limit();
        source.content = null;
        if (!AT_HAND.compareAndSet(null, this)) {
            OTHERS.add(this);
        }
    }

    /** Where the parser gets its bytes: those of the payload, then none. */
    private static final class Source extends InputStream {
        private ByteBuffer content;
        private int position;

        @Override
        public int read() {
            return position == content.limit() ? -1 : content.get(position++) & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = Math.min(length, content.limit() - position);
            if (count == 0) {
                return -1;
            }
            content.get(position, target, offset, count);
            position += count;
            return count;
        }
    }
}
