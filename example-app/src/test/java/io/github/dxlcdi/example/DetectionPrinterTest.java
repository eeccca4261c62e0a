package io.github.dxlcdi.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.extension.DxlExtension;
import io.github.dxlcdi.fabric.junit.FabricExtension;
import io.github.dxlcdi.tie.FileDetection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@EnableWeld
class DetectionPrinterTest {
    @RegisterExtension
    static final FabricExtension FABRIC = FabricExtension.perClass();

    @WeldSetup
    WeldInitiator container = WeldInitiator.of(
            WeldInitiator.createWeld().addExtensions(new DxlExtension()).addBeanClasses(DetectionPrinter.class));

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, true, UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(console);
    }

    @Test
    void detection_on_the_fabric_is_printed() {
        FileDetection detection = FABRIC.detections().awaitSubscriber().publishRandom();

        await().until(() -> printed.toString(UTF_8).contains(detection.toJson()));
    }
}
