package io.github.dxlcdi.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.DxlClient;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Event;
import io.github.dxlcdi.testing.FabricTest;
import io.github.dxlcdi.testing.Quarantine;
import io.github.dxlcdi.testing.TestApplication;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key {@code dxl.max-packet-size}. */
class PacketLimitConfigurationTest extends FabricTest {
    private static final String KEY = "dxl.max-packet-size";

    @ParameterizedTest
    @CsvSource({"200000, 200000", "'', 1048576"})
    void the_injected_client_sends_no_more_than_the_key_allows(String value, int limit) throws Exception {
        try (TestApplication app = application().and(KEY, value).start(Quarantine.class)) {
            awaitSubscribed();
            DxlClient client = app.get(DxlClient.class);
            await().until(client::isConnected);
            Event event = new Event("/t");
            event.setPayload(new byte[limit]);

            assertThatThrownBy(() -> client.sendEvent(event))
                    .isInstanceOf(DxlException.class)
                    .hasMessageStartingWith("DXL0406 ")
                    .hasMessageContaining("the limit is " + limit + ".");
            event.setPayload(new byte[limit - 1_000]);
            client.sendEvent(event);
            assertThat(client.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "268435461", "1MiB"})
    void a_value_out_of_range_is_a_problem(String value) {
        assertThat(configuration(value).problems())
                .extracting(ConfigurationProblem::text)
                .singleElement()
                .asString()
                .startsWith(KEY + " is '")
                .endsWith("expected 0 to 268435460");
    }

    @Test
    void with_another_client_the_key_is_refused() {
        DxlConfiguration configuration = configuration("0");

        configuration.refuseWhatOnlyOurClientKnows();

        assertThat(configuration.problems())
                .extracting(ConfigurationProblem::text)
                .singleElement()
                .asString()
                .contains(KEY, "the client on the class path is not dxl-client");
    }

    private static DxlConfiguration configuration(String value) {
        return new DxlConfiguration(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of(KEY, value), "the test's source", 100))
                .build());
    }
}
