package io.github.dxlcdi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ReducedMotion;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.liberty.LibertyServer;
import io.github.dxlcdi.liberty.Programs;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Hashes;
import io.github.dxlcdi.tie.TrustLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The page on a fabric outside the server, which tests can break. What looks at all rows comes first: axe takes its time. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FabricOutsidePageIT {
    private static final Path CONFIG = Programs.TARGET.resolve("fabric-config");
    private static final String SHA256 = "414bb16b10ece2db2d8448cb9f313f80cb77c310ca0c19ee03c73cba0c16fedb";
    private static final String MARKUP = "<img src=x onerror=\"document.title='owned'\">";

    private static Chromium chromium;
    private static Fabric fabric;
    private static LibertyServer server;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        fabric = Fabric.start();
        fabric.writeConfig(CONFIG);
        server = LibertyServer.start(
                "page-fabric-outside",
                Map.of(
                        "DXL_FABRIC_EMBEDDED", "false",
                        "DXL_CONFIG_FILE", CONFIG.resolve("dxlclient.config").toString(),
                        "DXL_RECONNECT_MAX_DELAY", "1s"));
        server.awaitReady();
        for (TrustLevel level : TrustLevel.known()) {
            fabric.detections().publish(detection("of level " + level.value() + ".exe", level));
        }
        fabric.detections().publish(detection("unnamed level.exe", new TrustLevel(42)));
        fabric.detections().publish(detection(MARKUP, TrustLevel.MIGHT_BE_MALICIOUS));
        fabric.detections().publish(detection(null, TrustLevel.NOT_SET));
        for (int i = 0; i < 3; i++) {
            fabric.detections().publishRandom();
        }
        await().until(() -> server.detections().size() == 15);
    }

    @AfterAll
    static void stop() {
        try (Chromium browser = chromium;
                Fabric last = fabric) {
            if (server != null) {
                server.close();
            }
        }
    }

    @BeforeEach
    void wait_for_the_fabric() {
        server.awaitReady();
    }

    @Test
    @Order(1)
    void detections_show_every_field_in_words_a_person_understands() {
        for (Look look : Look.values()) {
            try (Window window = window(look)) {
                assertThat(window.find("#rows tr")).hasCount(server.detections().size());
                window.check("detections-" + look);
            }
        }
        try (Window window = window(Look.LIGHT_1280)) {
            Locator row = row(window, "of level 1.exe");
            assertThat(row.locator("time")).hasAttribute("datetime", "2016-12-09T16:43:16.000Z");
            assertThat(row.locator(".reputation")).hasText("Known malicious (1)");
            assertThat(row.locator(".action")).hasText("number 5");
            assertThat(row.locator(".agent")).hasText("{68125cd6-a5d8-11e6-348e-000c29663178}");
            assertThat(row.locator(".copy")).containsText(new String[] {"md5", "sha256"});
            assertThat(row(window, "of level 99.exe").locator(".reputation")).hasText("Known trusted (99)");
            assertThat(row(window, "unnamed level.exe").locator(".reputation")).hasText("Unnamed level (42)");
            assertThat(window.find(".file")
                            .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^no name$"))))
                    .hasCount(1);
            assertThat(colorOf(row)).isNotEqualTo(colorOf(row(window, "of level 99.exe")));
        }
    }

    @Test
    @Order(2)
    void fabric_goes_down_page_says_disconnected_with_the_reason_and_then_the_time_that_was_missed() {
        try (Window window = window(Look.LIGHT_1280)) {
            assertThat(window.find("#connection-state")).hasText("Connected");
            assertThat(window.find("#connection-detail")).hasText("to ssl://localhost:" + fabric.port());

            fabric.faults().stop();
            try {
                assertThat(window.find("#connection-state")).hasText("Disconnected");
                assertThat(window.find("#connection-detail")).hasText(Pattern.compile(".*connection.*"));
                window.check("disconnected-" + Look.LIGHT_1280);
                for (Look look : List.of(Look.DARK_1280, Look.LIGHT_390, Look.DARK_390)) {
                    try (Window other = window(look)) {
                        assertThat(other.find("#connection")).hasAttribute("data-state", "down");
                        other.check("disconnected-" + look);
                    }
                }
            } finally {
                fabric.faults().restart().join();
            }

            assertThat(window.find("#connection-state")).hasText("Connected");
            assertThat(window.find("#gap"))
                    .hasText(Pattern.compile("Nothing could be received from \\d\\d:\\d\\d:\\d\\d to \\d\\d:.*"));
            window.check("returned-" + Look.LIGHT_1280);
            fabric.detections().publish(detection("after the outage.exe", TrustLevel.UNKNOWN));
            assertThat(window.find(".file").first()).hasText("after the outage.exe");
        }
    }

    @Test
    void name_that_is_markup_stays_text() {
        try (Window window = window(Look.LIGHT_1280)) {
            assertThat(row(window, MARKUP)).hasCount(1);
            assertThat(window.find("#rows img")).hasCount(0);
            assertThat(window.page).hasTitle("File detections · DXL CDI");
        }
    }

    @Test
    void characters_that_turn_or_hide_a_name_are_visible() {
        try (Window window = window(Look.LIGHT_1280)) {
            fabric.detections().publish(detection("a\u202Egpj\u009B.exe", TrustLevel.UNKNOWN));

            assertThat(window.find(".file").first()).hasText("a⟨U+202E⟩gpj⟨U+009B⟩.exe");
        }
    }

    @Test
    void hash_is_copied_by_a_key_and_told_to_screen_readers() {
        try (Window window = window(Look.LIGHT_1280)) {
            window.allow("clipboard-read", "clipboard-write");
            Locator button = row(window, "of level 1.exe").locator(".copy").last();
            assertThat(button).hasAccessibleName("Copy sha256 " + SHA256);

            button.focus();
            window.page.keyboard().press("Enter");

            assertThat(window.find("#spoken")).hasText("Copied: sha256 of of level 1.exe");
            assertThat(window.page.evaluate("navigator.clipboard.readText()")).isEqualTo(SHA256);
            assertThat(button).isFocused();
        }
    }

    @Test
    void hash_is_copied_where_the_browser_offers_no_clipboard() {
        try (Window window = chromium.window(Look.LIGHT_1280.options())) {
            window.allow("clipboard-read", "clipboard-write");
            window.page.addInitScript("window.kept = navigator.clipboard;"
                    + "Object.defineProperty(navigator, 'clipboard', {value: undefined})");
            window.open(server.address());
            Locator button = row(window, "of level 1.exe").locator(".copy").last();

            button.click();

            assertThat(window.find("#spoken")).hasText("Copied: sha256 of of level 1.exe");
            assertThat(window.page.evaluate("window.kept.readText()")).isEqualTo(SHA256);
            assertThat(button).isFocused();
        }
    }

    @Test
    void rate_counts_what_arrives_and_forgets_it_after_a_minute() {
        try (Window window = chromium.window(Look.LIGHT_1280.options())) {
            window.page.clock().install();
            window.open(server.address());
            assertThat(window.find("#rate")).hasText("0");
            assertThat(window.find("#rate-window")).hasText(Pattern.compile("received in \\d+ s so far"));

            for (int i = 0; i < 90; i++) {
                fabric.detections().publishRandom();
            }

            assertThat(window.find("#rate")).hasText("90");
            window.page.clock().runFor(50_000);
            assertThat(window.find("#rate")).hasText("90");
            window.page.clock().runFor(15_000);
            assertThat(window.find("#rate")).hasText("0");
            assertThat(window.find("#rate-window")).hasText("received in the last minute");
            for (int i = 0; i < 90; i++) {
                fabric.detections().publishRandom();
            }
            assertThat(window.find("#rate-window")).hasText("received in the last minute, 1.5 per second");
        }
    }

    @Test
    void new_detection_moves_unless_the_person_wants_no_motion() {
        try (Window window = window(Look.LIGHT_1280)) {
            fabric.detections().publishRandom();
            window.find("tr.fresh").waitFor();
            assertThat(window.page.evaluate("document.getAnimations().length")).isNotEqualTo(0);
        }
        try (Window window = chromium.window(Look.LIGHT_1280.options().setReducedMotion(ReducedMotion.REDUCE))
                .open(server.address())) {
            fabric.detections().publishRandom();
            window.find("tr.fresh").waitFor();
            assertThat(window.page.evaluate("document.getAnimations().length")).isEqualTo(0);
        }
    }

    @Test
    void forcing_a_detection_is_refused_and_the_page_says_why() {
        try (Window window = window(Look.LIGHT_1280)) {
            window.find("#force").click();

            assertThat(window.find("[role=alert]")).containsText("embedded fabric only");
            // The browser itself notes an answer that is no success.
            assertThat(window.complaints()).singleElement().asString().contains("403");
            window.complaints().clear();
        }
    }

    private static Window window(Look look) {
        return chromium.window(look.options()).open(server.address());
    }

    private static Locator row(Window window, String name) {
        return window.find("#rows tr").filter(new Locator.FilterOptions().setHasText(name));
    }

    private static Object colorOf(Locator row) {
        return row.locator(".reputation").evaluate("(e) => getComputedStyle(e).color");
    }

    private static FileDetection detection(String name, TrustLevel level) {
        return FileDetection.builder()
                .agentGuid("{68125cd6-a5d8-11e6-348e-000c29663178}")
                .detectionTime(Instant.ofEpochSecond(1481301796))
                .hashes(Hashes.of(Map.of("md5", "eb5e2b9dc51817a086d7b97eb52410ab", "sha256", SHA256)))
                .localReputation(level)
                .name(name)
                .remediationAction(5)
                .build();
    }
}
