package io.github.dxlcdi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.liberty.LibertyServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page as a newcomer meets it: nothing in it, and a button to force a detection. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EmbeddedFabricPageIT {
    private static Chromium chromium;
    private static LibertyServer server;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        server = LibertyServer.start("page-embedded-fabric", Map.of());
        server.awaitReady();
    }

    @AfterAll
    static void stop() {
        try (Chromium browser = chromium) {
            if (server != null) {
                server.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(1)
    void nothing_detected_page_says_what_to_do(Look look) {
        try (Window window = chromium.window(look.options()).open(server.address())) {
            assertThat(window.find("#connection")).hasAttribute("data-state", "up");
            assertThat(window.find("#empty")).containsText("Press Force a detection");
            assertThat(window.find("#curl")).containsText(server.address() + "/api/detections");
            assertThat(window.find("#list")).isHidden();
            window.check("empty-" + look);
        }
    }

    @Test
    @Order(2)
    void three_forced_by_the_button_show_without_a_reload_newest_first() {
        try (Window window = chromium.window(Look.LIGHT_1280.options()).open(server.address())) {
            window.page.evaluate("window.sameDocument = true");
            for (int i = 1; i <= 3; i++) {
                window.find("#force").click();
                assertThat(window.find("#rows tr")).hasCount(i);
            }

            assertThat(window.find("#empty")).isHidden();
            assertThat(window.find("#count")).hasText("3 detections");
            List<String> newestFirst = server.detections().findValuesAsText("agentGuid");
            assertThat(window.texts(".agent")).isEqualTo(newestFirst);
            assertThat(window.page.evaluate("window.sameDocument")).isEqualTo(true);
        }
    }

    @Test
    @Order(3)
    void keyboard_alone_reaches_everything_with_a_visible_focus_and_forces_a_detection() {
        server.post("/api/detections", "{}");
        try (Window window = chromium.window(Look.LIGHT_1280.options()).open(server.address())) {
            int before = window.find("#rows tr").count();
            int everything = window.find("a, button").count();

            for (int i = 0; i < everything; i++) {
                window.page.keyboard().press("Tab");
                assertThat(window.page.evaluate("document.activeElement.matches('a, button')"))
                        .as("stop %s takes the focus", i)
                        .isEqualTo(true);
                assertThat(window.page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)"))
                        .as("outline of stop %s", i)
                        .isEqualTo(3);
                assertThat(window.page.evaluate("document.activeElement.dataset.seen !== 'yes'"
                                + " && (document.activeElement.dataset.seen = 'yes') !== ''"))
                        .as("stop %s is a new one", i)
                        .isEqualTo(true);
            }

            window.find("#force").focus();
            window.page.keyboard().press("Enter");
            assertThat(window.find("#rows tr")).hasCount(before + 1);
            assertThat(window.find("#force")).isFocused();
        }
    }
}
