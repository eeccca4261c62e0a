package io.github.dxlcdi.liberty;

import static io.github.dxlcdi.liberty.LibertyServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.dxlcdi.fabric.CipherProfile;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.junit.FabricExtension;
import io.github.dxlcdi.tie.FileDetection;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example with OpenSSL in its WAR, on a fabric of old brokers, which offer RSA key exchange only. */
class RsaOnlyBrokerIT {
    private static final Path CONFIG = Programs.TARGET.resolve("rsa-only-config");
    private static final String WAR = "apps/example-app.war";

    @RegisterExtension
    static final FabricExtension FABRIC =
            FabricExtension.perClass(Fabric.builder().ciphers(CipherProfile.RSA_KEY_EXCHANGE_ONLY));

    @Test
    void a_detection_reaches_the_observer_and_health_says_that_there_is_no_forward_secrecy(Fabric fabric)
            throws Exception {
        fabric.writeConfig(CONFIG);
        LibertyServer.copy("dxl-openssl", server -> addOpenSsl(server.resolve(WAR)));
        try (LibertyServer server = LibertyServer.start(
                "dxl-openssl",
                "rsa-only",
                Map.of(
                        "DXL_FABRIC_EMBEDDED", "false",
                        "DXL_CONFIG_FILE", CONFIG.resolve("dxlclient.config").toString(),
                        // On a JDK that still speaks it the test would pass without OpenSSL.
                        "DXL_TLS_PROVIDER", "openssl"))) {
            server.awaitReady();

            FileDetection detection = fabric.detections().publishRandom();

            await().untilAsserted(() -> assertThat(server.detections()).contains(json(detection.toJson())));
            JsonNode data = json(server.get("/health/ready")).at("/checks/0/data");
            assertThat(data.at("/forwardSecrecy").isBoolean()).isTrue();
            assertThat(data.at("/forwardSecrecy").asBoolean()).isFalse();
            assertThat(data.at("/tls").asText())
                    .startsWith("TLSv1.2 TLS_RSA_WITH_")
                    .endsWith("(OpenSSL)");
            assertThat(server.console()).contains("DXL0221");
        }
    }

    /** The dependency of an application is two JARs: the classes, and the library of this platform. */
    private static void addOpenSsl(Path war) throws IOException {
        try (FileSystem content = FileSystems.newFileSystem(war)) {
            for (String inside : new String[] {
                "io/netty/internal/tcnative/SSL.class", "META-INF/native/libnetty_tcnative_linux_x86_64.so"
            }) {
                Path jar = jarWith(inside);
                Files.copy(jar, content.getPath("WEB-INF/lib", jar.getFileName().toString()));
            }
        }
    }

    private static Path jarWith(String inside) throws IOException {
        URL resource = RsaOnlyBrokerIT.class.getClassLoader().getResource(inside);
        assertThat(resource).as(inside + " on the class path").isNotNull();
        try {
            return Path.of(new URL(resource.getPath().replaceFirst("!.*", "")).toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
