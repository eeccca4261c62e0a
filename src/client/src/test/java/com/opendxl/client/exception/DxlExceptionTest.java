package com.opendxl.client.exception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DxlExceptionTest {

    @Test
    void without_a_message_its_class_stands_for_it() {
        assertThat(new DxlException((String) null)).hasMessage("DxlException");
        assertThat(new WaitTimeoutException((String) null)).hasMessage("WaitTimeoutException");
        assertThat(new DxlException(null, null)).hasMessage("DxlException");
    }

    @Test
    void the_messages_of_the_causes_follow_once_each() {
        Throwable root = new IOException("port closed");
        Throwable middle = new IllegalStateException("no connection", root);

        assertThat(new DxlException("Could not connect", middle))
                .hasMessage("Could not connect: no connection: port closed");
        assertThat(new DxlException("Could not connect: no connection", middle))
                .hasMessage("Could not connect: no connection: port closed");
    }

    @Test
    void a_cause_alone_is_told_once() {
        assertThat(new DxlException(new IOException("port closed"))).hasMessage("java.io.IOException: port closed");
    }

    @Test
    void a_cause_without_a_message_is_told_by_its_class() {
        assertThat(new DxlException("Could not send", new NullPointerException()))
                .hasMessage("Could not send: NullPointerException");
    }
}
