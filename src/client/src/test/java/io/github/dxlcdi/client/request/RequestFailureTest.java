package io.github.dxlcdi.client.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RequestFailureTest {
    @Test
    void each_has_a_code_of_its_own_that_no_service_has() {
        assertThat(Arrays.stream(RequestFailure.values()).map(RequestFailure::code))
                .containsExactly(0x80000003, 0x80000F01, 0x80000F02, 0x80000F03)
                .allMatch(code -> code < 0);
    }

    @Test
    void only_a_timeout_is_a_timeout() {
        assertThat(RequestFailure.TIMEOUT.exception("late"))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessage("No answer to the request: late");
        assertThat(RequestFailure.CONNECTION_LOST.exception("cut"))
                .isExactlyInstanceOf(DxlException.class)
                .hasMessage("No answer to the request: cut");
    }
}
