package io.github.dxlcdi.fabric.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.opendxl.client.DxlClient;
import com.opendxl.client.DxlClientConfig;
import io.github.dxlcdi.fabric.Detections;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.Faults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

class FabricExtensionTest {
    /** What the test classes below saw, as they are run by a JUnit of their own. */
    private static final List<Fabric> FABRICS = new ArrayList<>();

    private static final List<String> BROKERS = new ArrayList<>();

    @BeforeEach
    void forget() {
        FABRICS.clear();
        BROKERS.clear();
    }

    @AfterEach
    void no_property_is_left() {
        assertThat(System.getProperties().stringPropertyNames()).noneMatch(name -> name.startsWith("dxl."));
    }

    @Test
    void static_field_all_tests_of_the_class_and_its_nested_ones_share_a_fabric_that_then_ends() {
        run(3, StaticField.class);

        assertThat(FABRICS).hasSize(3).containsOnly(FABRICS.get(0));
        assertThat(BROKERS).containsOnly(FABRICS.get(0).brokerLine());
        assertThat(closed(FABRICS.get(0))).isTrue();
    }

    @Test
    void instance_field_each_test_has_its_own() {
        run(2, InstanceField.class);

        assertThat(FABRICS).doesNotHaveDuplicates().hasSize(2).allMatch(FabricExtensionTest::closed);
        assertThat(BROKERS)
                .containsExactlyElementsOf(
                        FABRICS.stream().map(Fabric::brokerLine).toList());
    }

    @Test
    void shared_all_classes_have_the_same_until_the_run_ends() {
        run(3, SharedOne.class, Declared.class, SharedOther.class);

        assertThat(FABRICS).hasSize(3).allMatch(FabricExtensionTest::closed);
        assertThat(FABRICS.get(0)).isSameAs(FABRICS.get(2)).isNotSameAs(FABRICS.get(1));
        assertThat(BROKERS).first().isEqualTo(BROKERS.get(2)).isNotEqualTo(BROKERS.get(1));
    }

    @Test
    void several_in_one_class_each_has_its_fabric_and_the_last_one_is_configured() {
        run(1, Several.class);

        assertThat(FABRICS).hasSize(2).doesNotHaveDuplicates().allMatch(FabricExtensionTest::closed);
        assertThat(BROKERS).first().isEqualTo(FABRICS.get(1).brokerLine());
    }

    @Test
    void property_that_was_there_is_put_back() {
        System.setProperty("dxl.brokers", "before");
        try {
            run(1, Declared.class);

            assertThat(BROKERS).doesNotContain("before").hasSize(1);
            assertThat(System.getProperty("dxl.brokers")).isEqualTo("before");
        } finally {
            System.clearProperty("dxl.brokers");
        }
    }

    @Test
    void all_kinds_of_parameters_belong_to_the_same_fabric_and_more_values_win() {
        run(1, Parameters.class);

        assertThatThrownBy(Parameters.EXTENSION::fabric).isInstanceOf(IllegalStateException.class);
    }

    private static void run(int tests, Class<?>... classes) {
        EngineTestKit.engine("junit-jupiter")
                .selectors(Stream.of(classes).map(type -> selectClass(type)).toArray(DiscoverySelector[]::new))
                .execute()
                .testEvents()
                .assertStatistics(events -> events.started(tests).succeeded(tests));
    }

    private static boolean closed(Fabric fabric) {
        try {
            fabric.faults().cut();
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static void note(Fabric fabric) {
        assertThat(closed(fabric)).isFalse();
        FABRICS.add(fabric);
        BROKERS.add(System.getProperty("dxl.brokers"));
    }

    static class StaticField {
        @RegisterExtension
        static final FabricExtension EXTENSION = FabricExtension.perClass();

        @Test
        void one(Fabric fabric) {
            note(fabric);
        }

        @Test
        void other(Fabric fabric) {
            note(fabric);
        }

        @Nested
        class Inner {
            @Test
            void third(Fabric fabric) {
                note(fabric);
            }
        }
    }

    static class InstanceField {
        @RegisterExtension
        final FabricExtension extension = FabricExtension.perClass();

        @Test
        void one(Fabric fabric) {
            note(fabric);
        }

        @Test
        void other(Fabric fabric) {
            note(fabric);
        }
    }

    static class SharedOne {
        @RegisterExtension
        static final FabricExtension EXTENSION = FabricExtension.shared();

        @Test
        void only(Fabric fabric) {
            note(fabric);
        }
    }

    static class SharedOther {
        @RegisterExtension
        static final FabricExtension EXTENSION = FabricExtension.shared();

        @Test
        void only(Fabric fabric) {
            note(fabric);
        }
    }

    static class Several {
        @Order(1)
        @RegisterExtension
        static final FabricExtension OWN = FabricExtension.perClass().with("dxl.keep-alive", "1s");

        @Order(2)
        @RegisterExtension
        static final FabricExtension OTHER = FabricExtension.shared().with("dxl.client-id", "other");

        @Test
        void only() {
            note(OWN.fabric());
            note(OTHER.fabric());
            assertThat(System.getProperty("dxl.keep-alive")).isEqualTo("1s");
            assertThat(System.getProperty("dxl.client-id")).isEqualTo("other");
        }
    }

    @ExtendWith(FabricExtension.class)
    static class Declared {
        @Test
        void only(Fabric fabric) {
            note(fabric);
        }
    }

    static class Parameters {
        @RegisterExtension
        static final FabricExtension EXTENSION =
                FabricExtension.perClass().with("dxl.tls.ca", "mine").with("dxl.keep-alive", "1s");

        private final Fabric fabric;

        Parameters(Fabric fabric) {
            this.fabric = fabric;
        }

        @Test
        void only(Detections detections, Faults faults, @TempDir Path folder) throws Exception {
            assertThat(System.getProperty("dxl.tls.ca")).isEqualTo("mine");
            assertThat(System.getProperty("dxl.keep-alive")).isEqualTo("1s");
            fabric.writeConfig(folder);
            String config = folder.resolve("dxlclient.config").toString();
            try (DxlClient client = new DxlClient(DxlClientConfig.createDxlConfigFromFile(config))) {
                client.connect();
                assertThat(detections).isSameAs(fabric.detections()).isSameAs(EXTENSION.detections());
                faults.cut();
                assertThat(fabric.connectedClients()).isZero();
            }
        }
    }
}
