package io.github.dxlcdi.tie.json;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.RecyclerPool;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The buffers of parsers and generators, kept for the next one. The first one free is at hand without a queue's node; what
 * more threads need at one time is in Jackson's own pool. Nothing is bound to a thread: on a server's threads it would
 * outlive the application.
 */
final class ParserBuffers implements RecyclerPool<BufferRecycler> {
    private static final long serialVersionUID = 1L;

    private final AtomicReference<BufferRecycler> atHand = new AtomicReference<>();
    private final RecyclerPool<BufferRecycler> others = JsonRecyclerPools.newConcurrentDequePool();

    @Override
    public BufferRecycler acquirePooled() {
        BufferRecycler buffers = atHand.getAndSet(null);
        return buffers == null ? others.acquirePooled() : buffers;
    }

    @Override
    public void releasePooled(BufferRecycler buffers) {
        if (!atHand.compareAndSet(null, buffers)) {
            others.releasePooled(buffers);
        }
    }
}
