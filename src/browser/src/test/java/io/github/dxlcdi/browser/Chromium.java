package io.github.dxlcdi.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import io.github.dxlcdi.liberty.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The browser of this machine. Like all of Playwright it belongs to the thread that started it. */
final class Chromium implements AutoCloseable {
    private static final List<String> QUIET = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Without a chromium on this machine the test is skipped. */
    static Chromium start() {
        Path program = Programs.find("chromium", "Debian's package chromium");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(program)
                                // Chromium refuses a sandbox to root, who runs tests in containers.
                                .setChromiumSandbox(false)
                                .setArgs(QUIET)));
    }

    /** A window of its own, with nothing kept from another, that shows no page yet. */
    Window window(Browser.NewContextOptions options) {
        return new Window(browser.newContext(options));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
