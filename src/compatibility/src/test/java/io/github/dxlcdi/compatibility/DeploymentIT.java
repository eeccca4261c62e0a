package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Further ways to deploy: the command of the documentation, and the JARs in a place of the server's. */
class DeploymentIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void payara_micro_runs_the_example_with_one_command() {
        try (Server server = new PayaraCommand("--contextroot", "/", "--deploy", System.getProperty("example.war"))) {
            server.launch("example", Map.of());
            await().atMost(LIMIT).until(server::isReady);
            await().atMost(LIMIT).until(() -> server.get("/api/detections").startsWith("["));

            assertThat(server.stop()).isLessThan(LIMIT);
        }
    }

    @Test
    void payara_micro_with_the_jars_added_to_the_server() {
        try (OutsideFabric fabric = new OutsideFabric("payara-libraries");
                Server server = new PayaraCommand(
                        "--addLibs",
                        Archives.folderOfLibraries().toString(),
                        "--deploy",
                        Archives.thinWar().toString())) {
            server.launch("libraries", fabric.environment());
            expectDetections(fabric, new Deployed(server, "thin"));
        }
    }

    @Test
    void open_liberty_with_the_jars_in_a_shared_library() {
        try (OutsideFabric fabric = new OutsideFabric("liberty-library");
                Server server = new OpenLiberty("""
                        <library id="dxl"><fileset dir="%s" includes="*.jar"/></library>
                        <webApplication location="%s" contextRoot="/thin">
                          <classloader commonLibraryRef="dxl"/>
                        </webApplication>
                        <webApplication id="again" name="again" location="%2$s" contextRoot="/again">
                          <classloader commonLibraryRef="dxl"/>
                        </webApplication>
                        """.formatted(Archives.folderOfLibraries(), Archives.thinWar()))) {
            server.launch("library", fabric.environment());
            expectDetections(fabric, new Deployed(server, "thin"), new Deployed(server, "again"));
        }
    }

    private static void expectDetections(OutsideFabric fabric, Deployed... applications) {
        List.of(applications).forEach(Deployed::awaitReady);
        assertThat(fabric.fabric().connectedClients()).isEqualTo(applications.length);
        fabric.publish("first");
        for (Deployed application : applications) {
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(application.observations())
                                    .contains(
                                            "sync first loader=true names=true topic=/mcafee/event/tie/file/detection visit=1"));
        }
    }
}
