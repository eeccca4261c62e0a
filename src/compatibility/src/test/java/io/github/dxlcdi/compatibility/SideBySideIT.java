package io.github.dxlcdi.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** Applications on one server, with one certificate: each gets every detection, and none disturbs another. */
@OnEveryServer
class SideBySideIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static OutsideFabric fabric;

    @Parameter
    private Server server;

    @BeforeParameterizedClassInvocation
    static void launch(Server server) {
        fabric = new OutsideFabric("side-by-side-" + server);
        server.launch("side-by-side", fabric.environment());
    }

    @AfterParameterizedClassInvocation
    static void end() {
        fabric.close();
    }

    @AfterEach
    void clean() {
        server.undeployAll();
    }

    @Test
    void two_applications_each_get_every_detection_and_one_goes_on_when_the_other_is_undeployed() {
        Deployed application = Deployed.on(server, "acceptance");
        server.deploy("example", Path.of(System.getProperty("example.war")));
        application.awaitReady();
        awaitClients(2);
        // Who is connected may not be subscribed yet.
        await("both are subscribed").atMost(LIMIT).until(server::isReady);

        fabric.publish("for-both");
        awaitSeen("for-both", application);
        awaitShownByExample("for-both");

        server.undeploy("acceptance");
        awaitClients(1);
        fabric.publish("for-the-example");
        awaitShownByExample("for-the-example");

        application = Deployed.on(server, "acceptance");
        application.awaitReady();
        server.undeploy("example");
        awaitClients(1);
        fabric.publish("for-the-application");
        awaitSeen("for-the-application", application);

        server.undeploy("acceptance");
        awaitNothingLeft();
    }

    @Test
    void the_same_war_twice_is_two_applications() {
        Deployed one = Deployed.on(server, "one");
        Deployed two = Deployed.on(server, "two");
        expectEachDetectionOnce(2, one, two);
        server.undeploy("one");
        awaitClients(1);
        fabric.publish("for-two");
        awaitSeen("for-two", two);
        server.undeploy("two");
        awaitNothingLeft();
    }

    @Test
    void ear_with_two_wars_each_with_its_own_jars() {
        assumeTrue(server.takesEars(), server + " takes no EAR");
        server.deploy("two-wars", Archives.earOfTwo());
        expectEachDetectionOnce(2, new Deployed(server, "one"), new Deployed(server, "two"));
        server.undeploy("two-wars");
        awaitNothingLeft();
    }

    @Test
    void ear_with_two_wars_and_the_jars_in_its_folder_lib() {
        assumeTrue(server.takesEars(), server + " takes no EAR");
        server.deploy("shared-lib", Archives.earOfTwoWithLibraries());
        expectEachDetectionOnce(1, new Deployed(server, "one"), new Deployed(server, "two"));
        server.undeploy("shared-lib");
        awaitNothingLeft();
    }

    private static void expectEachDetectionOnce(int clients, Deployed one, Deployed two) {
        one.awaitReady();
        two.awaitReady();
        awaitClients(clients);
        List<String> names = Stream.of("first", "second", "third").toList();
        names.forEach(fabric::publish);
        for (Deployed each : List.of(one, two)) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(each.seen()).containsExactlyElementsOf(names));
            // With a single client for both it is the EAR's loader, not theirs.
            assertThat(each.observations())
                    .filteredOn(line -> line.startsWith("sync "))
                    .allSatisfy(line -> assertThat(line).contains("loader=" + (clients == 2), "names=true"));
        }
    }

    private static void awaitClients(int count) {
        await(count + " clients").atMost(LIMIT).until(() -> fabric.fabric().connectedClients() == count);
    }

    private static void awaitSeen(String detection, Deployed application) {
        await(detection).atMost(LIMIT).until(() -> application.seen().contains(detection));
    }

    private void awaitShownByExample(String detection) {
        await(detection)
                .atMost(LIMIT)
                .until(() -> server.get("/example/api/detections").contains(detection));
    }

    private void awaitNothingLeft() {
        awaitClients(0);
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(server.ourThreads()).as("threads left").isEmpty();
            assertThat(server.loadersOfTheClient()).as("class loaders left").isLessThanOrEqualTo(server.loadersKept());
        });
    }
}
