package io.github.dxlcdi.fabric.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceRegistryTest {
    private static final String HERE = "here";
    private static final Duration GRACE = Duration.ofMinutes(5);

    private Instant now = Instant.EPOCH;
    private final ServiceRegistry registry = new ServiceRegistry(
            HERE, new RegistrySettings(Duration.ofMinutes(1), GRACE, Duration.ofMinutes(10), () -> now));

    private static ServiceRegistration service(String guid, String... channels) {
        return service(HERE, guid, Map.of(), channels);
    }

    private static ServiceRegistration service(
            String broker, String guid, Map<String, String> metaData, String... channels) {
        return new ServiceRegistration(
                guid, "/type", List.of(channels), metaData, 60, "client", "client:1", broker, List.of(), 0);
    }

    private List<String> turns(String topic, int count) {
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            registry.nextFor(topic).map(ServiceRegistration::serviceGuid).ifPresent(turns::add);
        }
        return turns;
    }

    @Test
    void services_of_a_topic_take_turns() {
        registry.add(service("a", "/t"));
        registry.add(service("b", "/t", "/u"));
        registry.add(service("c", "/t", "/u"));

        assertThat(turns("/t", 7)).containsExactly("a", "b", "c", "a", "b", "c", "a");
        assertThat(turns("/u", 3)).containsExactly("b", "c", "b");
    }

    @Test
    void topics_asked_by_turns_have_turns_of_their_own() {
        registry.add(service("a", "/t", "/u"));
        registry.add(service("b", "/t", "/u"));
        List<String> forT = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            forT.addAll(turns("/t", 1));
            turns("/u", 1);
        }

        assertThat(forT).containsExactly("a", "b", "a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b/#, /a/b/c, true",
        "/a/b/#, /a/b/c/d, true",
        "/a/b/#, /a/b, true",
        "/#, /a, true",
        "#, /a/b, true",
        "#, a, true",
        "a/#, a, true",
        "/a/b/#, /a/bc, false",
        "/a/b/#, /a, false",
        "/a/b, /a/b/c, false",
        "/a/+, /a/b, false"
    })
    void a_channel_that_ends_in_a_hash_serves_all_below_it(String channel, String topic, boolean serves) {
        registry.add(service("s", channel));

        assertThat(registry.nextFor(topic).isPresent()).isEqualTo(serves);
    }

    @Test
    void exact_and_wildcard_services_take_turns_and_nobody_twice() {
        registry.add(service("wide", "/a/#"));
        registry.add(service("both", "/a/b", "/#"));

        assertThat(turns("/a/b", 4)).containsExactly("both", "wide", "both", "wide");
    }

    @Test
    void the_same_again_renews_and_changes_nothing() {
        assertThat(registry.add(service("s", "/t"))).isTrue();
        assertThat(registry.add(service("s", "/t").registeredAt(99))).isFalse();

        assertThat(registry.find("s").orElseThrow().registrationTime()).isZero();
        assertThat(turns("/t", 2)).containsExactly("s", "s");
    }

    @Test
    void something_else_under_an_id_takes_the_place_of_what_was() {
        registry.add(service("s", "/old"));

        assertThat(registry.add(service("s", "/new"))).isTrue();
        assertThat(registry.nextFor("/old")).isEmpty();
        assertThat(turns("/new", 1)).containsExactly("s");
        assertThat(registry.all()).hasSize(1);
    }

    @Test
    void a_removed_service_is_found_by_nothing() {
        Map<String, String> metaData = Map.of("eventToRequestTopic", "/e", "eventToRequestPrefix", "/p");
        registry.add(service(HERE, "s", metaData, "/t", "/w/#"));

        assertThat(registry.remove("s")).isPresent();
        assertThat(registry.remove("s")).isEmpty();
        assertThat(registry.find("s")).isEmpty();
        assertThat(registry.all()).isEmpty();
        assertThat(registry.nextFor("/t")).isEmpty();
        assertThat(registry.nextFor("/w/x")).isEmpty();
        assertThat(registry.requestTopics("/e")).isEmpty();
        assertThat(registry.ofInstance("client:1")).isEmpty();
    }

    @Test
    void a_service_ends_when_its_time_and_the_grace_are_over() {
        registry.add(service("s", "/t"));

        now = Instant.EPOCH.plus(Duration.ofMinutes(60)).plus(GRACE).minusMillis(1);
        assertThat(registry.ended()).isEmpty();
        now = now.plusMillis(1);
        assertThat(registry.ended())
                .extracting(ServiceRegistration::serviceGuid)
                .containsExactly("s");
    }

    @Test
    void a_renewed_service_lasts_a_whole_time_more() {
        registry.add(service("s", "/t"));
        now = now.plus(Duration.ofMinutes(64));
        registry.add(service("s", "/t"));

        now = now.plus(Duration.ofMinutes(64));
        assertThat(registry.ended()).isEmpty();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(registry.ended()).hasSize(1);
    }

    @Test
    void a_service_at_another_broker_ends_when_that_says_so() {
        registry.add(service("elsewhere", "s", Map.of(), "/t"));
        now = now.plus(Duration.ofDays(1_000));

        assertThat(registry.ended()).isEmpty();
    }

    @Test
    void the_longest_time_that_can_be_written_is_kept() {
        registry.add(new ServiceRegistration(
                "s", "/type", List.of(), Map.of(), Integer.MAX_VALUE, "c", "c:1", HERE, List.of(), 0));
        now = now.plus(Duration.ofDays(100_000));

        assertThat(registry.ended()).isEmpty();
    }

    private static ServiceRegistration collector(String guid, String prefix, String... events) {
        Map<String, String> metaData = new LinkedHashMap<>();
        metaData.put("eventToRequestPrefix", prefix);
        for (String event : events) {
            metaData.put("eventToRequestTopic" + metaData.size(), event);
        }
        return service(HERE, guid, metaData);
    }

    @Test
    void an_event_that_several_services_want_as_the_same_request_becomes_one() {
        registry.add(collector("a", "/p", "/e", "/f"));
        registry.add(collector("b", "/p", "/e", "/#"));

        assertThat(registry.requestTopics("/e")).containsExactly("/p/e");
        assertThat(registry.requestTopics("/f")).containsExactly("/p/f");
    }

    @ParameterizedTest
    @CsvSource({
        "/a/#, /a/b, true",
        "/a/#, /a/b/c, true",
        "/a/#, /a, true",
        "#, /a/b, true",
        "#, a, true",
        "/#, /a, true",
        "/a/#, /ab, false",
        "/a/b/#, /a, false",
        "/a/+, /a/b, false"
    })
    void an_event_below_a_wildcard_becomes_a_request_on_its_own_topic(String wanted, String event, boolean turned) {
        registry.add(collector("s", "/p/", wanted));

        assertThat(registry.requestTopics(event)).isEqualTo(turned ? Set.of("/p/" + event) : Set.of());
    }

    @Test
    void events_become_no_requests_without_a_prefix() {
        registry.add(service(HERE, "none", Map.of("eventToRequestTopic", "/e")));
        registry.add(collector("empty", "", "/e"));
        registry.add(service(HERE, "case", Map.of("EventToRequestPrefix", "/p", "eventToRequestTopic", "/e")));
        registry.add(service(HERE, "case2", Map.of("eventToRequestPrefix", "/p", "EventToRequestTopic", "/e")));

        assertThat(registry.requestTopics("/e")).isEmpty();
    }

    @Test
    void a_topic_has_one_prefix_that_of_the_last_registration() {
        registry.add(collector("a", "/first", "/e", "/w/#"));
        registry.add(collector("b", "/second", "/e", "/w/#"));
        registry.add(collector("a", "/first", "/e", "/w/#").registeredAt(99));

        assertThat(registry.requestTopics("/e")).containsExactly("/second/e");
        assertThat(registry.requestTopics("/w/x")).containsExactly("/second/w/x");
    }

    @Test
    void a_service_that_registers_other_metadata_has_registered_last() {
        registry.add(collector("a", "/first", "/e"));
        registry.add(collector("b", "/second", "/e"));
        registry.add(collector("a", "/third", "/e"));

        assertThat(registry.requestTopics("/e")).containsExactly("/third/e");
    }

    @Test
    void when_a_service_leaves_its_topics_have_the_prefix_of_the_last_that_is_left() {
        registry.add(collector("a", "/first", "/e"));
        registry.add(collector("b", "/second", "/e"));
        registry.add(collector("c", "/third", "/e", "/own"));
        registry.remove("c");

        assertThat(registry.requestTopics("/e")).containsExactly("/second/e");
        assertThat(registry.requestTopics("/own")).isEmpty();

        registry.remove("a");
        assertThat(registry.requestTopics("/e")).containsExactly("/second/e");
    }

    @Test
    void a_topic_of_many_levels_costs_no_more_than_one_of_few() {
        registry.add(service("wide", "/w/#"));
        registry.add(collector("collector", "/p", "/w/#"));
        String deep = "/".repeat(65_000);
        String flat = "/" + "x".repeat(64_999);

        assertThat(allocatedBy(() -> registry.nextFor(deep)))
                .isLessThan(2 * allocatedBy(() -> registry.nextFor(flat)) + deep.length());
        assertThat(allocatedBy(() -> registry.requestTopics(deep)))
                .isLessThan(2 * allocatedBy(() -> registry.requestTopics(flat)) + deep.length());
    }

    private static long allocatedBy(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 10", "-1, 5, 10", "1, -5, 10", "1, 5, 0", "1, 5, -10"})
    void times_that_make_no_sense_are_refused(int unit, int grace, int interval) {
        assertThatThrownBy(() -> new RegistrySettings(
                        Duration.ofMinutes(unit),
                        Duration.ofMinutes(grace),
                        Duration.ofMinutes(interval),
                        InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("grace");
    }
}
