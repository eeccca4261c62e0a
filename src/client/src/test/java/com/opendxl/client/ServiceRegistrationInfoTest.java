package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.callback.RequestCallback;
import com.opendxl.client.exception.WaitTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceRegistrationInfoTest {
    private static final String PREFIX = "dxlClient.service.";
    private static final RequestCallback ONE = request -> {};
    private static final RequestCallback TWO = request -> {};

    private final ServiceRegistrationInfo info = new ServiceRegistrationInfo(null, "/type");

    @AfterEach
    void clearProperties() {
        for (String name : Set.of("ttlDefault", "ttlLowerLimit", "ttlGracePeriod", "ttlResolution")) {
            System.clearProperty(PREFIX + name);
        }
    }

    @ParameterizedTest
    @NullAndEmptySource
    void a_service_needs_a_type(String type) {
        assertThatThrownBy(() -> new ServiceRegistrationInfo(null, type)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void each_has_an_id_of_its_own_in_braces() {
        assertThat(info.getServiceId()).matches("\\{[0-9a-f-]{36}}");
        assertThat(new ServiceRegistrationInfo(null, "/type").getServiceId()).isNotEqualTo(info.getServiceId());
        assertThat(info.getServiceType()).isEqualTo("/type");
    }

    @Test
    void a_lifetime_is_an_hour_and_ten_minutes_or_more() {
        assertThat(info.getTtl()).isEqualTo(60);
        assertThat(info.getTtlMins()).isEqualTo(60);
        assertThat(info.getTtlResolution()).isEqualTo(1);
        info.setTtl(10);
        assertThat(info.getTtlMins()).isEqualTo(10);
        assertThatThrownBy(() -> info.setTtl(9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The lifetime of a registration is 9, expected 10 or more");
        assertThat(info.getTtl()).isEqualTo(10);
    }

    @Test
    void system_properties_change_that() {
        System.setProperty(PREFIX + "ttlDefault", "90");
        System.setProperty(PREFIX + "ttlLowerLimit", "2");
        System.setProperty(PREFIX + "ttlGracePeriod", "3");
        System.setProperty(PREFIX + "ttlResolution", "sec");
        ServiceRegistrationInfo quick = new ServiceRegistrationInfo(null, "/type");

        assertThat(quick.getTtl()).isEqualTo(90);
        assertThat(quick.getTtlMins()).isEqualTo(2);
        assertThat(quick.getTtlResolution()).isEqualTo(60);
        assertThat(quick.lifetime().of(quick.lifetime().grace())).hasSeconds(3);
        quick.setTtl(2);
        assertThat(quick.getTtlMins()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"min, 2147483647", "sec, 128849018820"})
    void a_lifetime_is_no_longer_than_the_broker_can_be_told(String resolution, long longest) {
        System.setProperty(PREFIX + "ttlResolution", resolution);
        ServiceRegistrationInfo lasting = new ServiceRegistrationInfo(null, "/type");
        lasting.setTtl(longest);

        for (long longer : new long[] {longest + 1, Long.MAX_VALUE / 60 + 1, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> lasting.setTtl(longer))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "The lifetime of a registration is " + longer + ", expected " + longest + " at the most");
        }
        assertThat(lasting.getTtlMins()).isEqualTo(Integer.MAX_VALUE);
        assertThat(lasting.lifetime().of(longest)).hasMinutes(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 2_147_483_648L, Long.MAX_VALUE})
    void a_system_property_that_is_out_of_range_counts_for_nothing(long value) {
        for (String name : Set.of("ttlDefault", "ttlLowerLimit", "ttlGracePeriod")) {
            System.setProperty(PREFIX + name, "" + value);
        }

        assertThat(new ServiceRegistrationInfo(null, "/type").lifetime()).isEqualTo(info.lifetime());
    }

    @Test
    void topics_have_callbacks_and_go_with_the_last_one() {
        info.addTopic("/a", ONE);
        info.addTopic("/a", ONE);
        info.addTopic("/a", TWO);
        info.addTopic("/b/#", ONE);
        assertThat(info.getCallbacksByTopic()).isEqualTo(Map.of("/a", Set.of(ONE, TWO), "/b/#", Set.of(ONE)));

        info.removeTopic("/a", ONE);
        info.removeTopic("/b/#", ONE);
        info.removeTopic("/c", ONE);

        assertThat(info.getTopics()).containsExactly("/a");
        assertThat(info.getCallbacksByTopic()).isEqualTo(Map.of("/a", Set.of(TWO)));
        assertThatThrownBy(() -> info.addTopic("/a#", ONE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_handed_out_is_a_copy() {
        info.addTopic("/a", ONE);
        info.getTopics().clear();
        info.getCallbacksByTopic().get("/a").clear();
        info.getMetadata().put("k", "v");
        info.getDestTenantGuids().add("t");

        assertThat(info.getCallbacksByTopic()).isEqualTo(Map.of("/a", Set.of(ONE)));
        assertThat(info.getMetadata()).isEmpty();
        assertThat(info.getDestTenantGuids()).isEmpty();
    }

    @Test
    void metadata_is_set_and_added_to() {
        Map<String, String> given = new HashMap<>(Map.of("a", "1"));
        info.setMetadata(given);
        given.put("b", "2");
        info.addMetadata("c", "3");

        assertThat(info.getMetadata()).isEqualTo(Map.of("a", "1", "c", "3"));
        info.setMetadata(null);
        info.setDestTenantGuids(null);
        assertThat(info.getMetadata()).isEmpty();
    }

    @Test
    void a_wait_ends_with_the_confirmation_or_its_time() throws Exception {
        assertThatThrownBy(() -> info.waitForRegistration(20))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessage("The broker has not confirmed within 20 ms that service /type is registered");
        assertThatThrownBy(() -> info.waitForUnregistration(20))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessageContaining("is unregistered");

        info.notifyRegistrationSucceeded();
        info.waitForRegistration(0);
        info.notifyUnregistrationSucceeded();
        info.waitForUnregistration(0);

        info.expectRegistration();
        assertThatThrownBy(() -> info.waitForRegistration(20)).isInstanceOf(WaitTimeoutException.class);
        assertThatThrownBy(() -> info.waitForUnregistration(20)).isInstanceOf(WaitTimeoutException.class);
    }

    @Test
    void a_subclass_that_overrides_the_wait_changes_both() throws Exception {
        List<String> waits = new ArrayList<>();
        ServiceRegistrationInfo own = new ServiceRegistrationInfo(null, "/a/service") {
            @Override
            protected void waitForRegistrationNotification(long waitTime, boolean registration) {
                waits.add(waitTime + " " + registration);
            }
        };

        own.waitForRegistration(1);
        own.waitForUnregistration(2);

        assertThat(waits).containsExactly("1 true", "2 false");
    }

    @Test
    void a_topic_without_a_callback_is_refused_at_once_and_not_added() {
        info.addTopic("/other", ONE);

        assertThatThrownBy(() -> info.addTopic("/topic", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A callback is needed for the topic '/topic', but it is null");
        assertThatThrownBy(() -> info.addTopic("/other", null)).isInstanceOf(IllegalArgumentException.class);
        for (String wrong : Arrays.asList(null, "", "/a#", "/a/#/b")) {
            assertThatThrownBy(() -> info.addTopic(wrong, ONE)).isInstanceOf(IllegalArgumentException.class);
        }
        info.removeTopic("/topic", null);
        info.removeTopic(null, ONE);

        assertThat(info.getCallbacksByTopic()).isEqualTo(Map.of("/other", Set.of(ONE)));
    }

    @Test
    void metadata_that_are_no_texts_are_refused_at_once_and_not_set() {
        info.addMetadata("key", "value");

        assertThatThrownBy(() -> info.addMetadata(null, "value"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Metadata are texts, but the key is null");
        assertThatThrownBy(() -> info.addMetadata("odd", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Metadata are texts, but the value of 'odd' is null");
        Map<String, String> odd = new HashMap<>();
        odd.put("odd", null);
        assertThatThrownBy(() -> info.setMetadata(odd)).isInstanceOf(IllegalArgumentException.class);

        assertThat(info.getMetadata()).isEqualTo(Map.of("key", "value"));
    }
}
