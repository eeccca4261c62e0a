package io.github.dxlcdi.tie.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.BufferRecycler;
import org.junit.jupiter.api.Test;

class ParserBuffersTest {
    private final ParserBuffers pool = new ParserBuffers();

    @Test
    void buffers_are_used_again() {
        BufferRecycler first = pool.acquirePooled();
        BufferRecycler second = pool.acquirePooled();
        pool.releasePooled(first);
        pool.releasePooled(second);
        assertThat(pool.acquirePooled()).isSameAs(first);
        assertThat(pool.acquirePooled()).isSameAs(second);
    }

    @Test
    void two_never_have_the_same_buffers_at_one_time() {
        BufferRecycler first = pool.acquirePooled();
        pool.releasePooled(first);
        assertThat(pool.acquirePooled()).isSameAs(first);
        assertThat(pool.acquirePooled()).isNotSameAs(first);
    }
}
