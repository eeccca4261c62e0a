package io.github.dxlcdi.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.client.fuzz.Damage;
import io.github.dxlcdi.client.wire.Vector;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/**
 * Whatever a broker sends over the pipeline of a real link: what was good before the damage is told once and in order, and
 * the link goes on or ends for a reason that is known. A run with a million inputs each: {@code -P fuzz}.
 */
class MqttLinkFuzzTest {
    private static final byte[] CONNACK = HexFormat.of().parseHex("20020000");

    /** What a broker may send, and what it must not. */
    private static final List<byte[]> OTHERS = List.of(
            hex("d000"),
            hex("9003000100"),
            hex("900400010080"),
            hex("b0020001"),
            hex("40020001"),
            hex("50020001"),
            hex("62020001"),
            hex("70020001"),
            CONNACK,
            hex("20020005"),
            hex("e000"),
            hex("c000"),
            hex("f000"),
            hex("0000"),
            hex("82060001000161 00"),
            hex("101000044d5154540402003c0004 7b63697d"),
            hex("101100044d5154540502003c000004 7b63697d"));

    @Example
    void what_is_good_is_told_once_and_in_order() throws IOException {
        byte[] body = Vector.named("event-v3-full").bytes();
        try (FuzzedLink link = FuzzedLink.mqtt()) {
            link.receive(7, CONNACK, publish("/a", body), hex("9003000100"), publish("/b", new byte[0]));

            assertThat(link.told())
                    .containsExactly(
                            "accepted", FuzzedLink.told("/a", body), "subscribed 1 true", FuzzedLink.told("/b"));
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void random_bytes_do_no_harm(@ForAll byte[] bytes, @ForAll boolean accepted, @ForAll int portion) {
        try (FuzzedLink link = FuzzedLink.mqtt()) {
            link.receive(portion, accepted ? CONNACK : new byte[0], bytes);
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void what_was_good_before_the_damage_is_told_once_and_in_order(
            @ForAll("publishes") List<Published> good,
            @ForAll("packets") byte[] bad,
            @ForAll("damage") Damage damage,
            @ForAll int portion) {
        try (FuzzedLink link = FuzzedLink.mqtt()) {
            link.receive(portion, CONNACK);
            good.forEach(each -> link.receive(portion, each.packet()));
            List<String> before = List.copyOf(link.told());
            link.receive(portion, damage.of(bad));

            assertThat(before.get(0)).isEqualTo("accepted");
            assertThat(before.subList(1, before.size()))
                    .containsExactlyElementsOf(
                            good.stream().map(Published::told).toList());
            assertThat(link.told().subList(0, before.size())).isEqualTo(before);
        }
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void packets_in_any_order_do_no_harm(@ForAll("streams") List<byte[]> packets, @ForAll int portion) {
        try (FuzzedLink link = FuzzedLink.mqtt()) {
            link.receive(portion, packets.toArray(byte[][]::new));
        }
    }

    /** A PUBLISH packet, and what a listener has to hear of it. */
    record Published(byte[] packet, String told) {}

    @Provide
    Arbitrary<List<Published>> publishes() throws IOException {
        return Combinators.combine(
                        Arbitraries.of("/a", "/mcafee/event/tie/file/detection", "/größe"), Arbitraries.of(bodies()))
                .as((topic, body) -> new Published(publish(topic, body), FuzzedLink.told(topic, body)))
                .list()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<byte[]> packets() throws IOException {
        return Arbitraries.oneOf(
                Arbitraries.of(OTHERS), Arbitraries.of(bodies()).map(body -> publish("/event", body)));
    }

    @Provide
    Arbitrary<List<byte[]>> streams() throws IOException {
        Arbitrary<byte[]> damaged =
                Combinators.combine(packets(), Damage.any()).as((packet, damage) -> damage.of(packet));
        return Arbitraries.frequencyOf(Tuple.of(4, packets()), Tuple.of(1, damaged))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Damage> damage() {
        return Damage.any();
    }

    private static List<byte[]> bodies() throws IOException {
        return Vector.all()
                .map(Vector::bytes)
                .filter(body -> body.length < 2_000)
                .toList();
    }

    static byte[] publish(String topic, byte[] body) {
        return FuzzedLink.publish(topic, body);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
