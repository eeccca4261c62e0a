package io.github.dxlcdi.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.dxlcdi.liberty.Programs;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A window on the page. Closing it fails if the page complained in the meantime. */
final class Window implements AutoCloseable {
    private static final Path SCREENSHOTS = Programs.TARGET.resolve("screenshots");
    private static final Set<String> SERIOUS = Set.of("serious", "critical");
    private static final String TELL_VIOLATIONS = """
            addEventListener("securitypolicyviolation",
                (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI}`))""";

    final Page page;
    private final BrowserContext context;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    Window(BrowserContext context) {
        this.context = context;
        context.addInitScript(TELL_VIOLATIONS);
        page = context.newPage();
        page.setDefaultTimeout(10_000);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (Set.of("error", "warning").contains(message.type())) {
                complaints.add(message.text());
            }
        });
    }

    /** Opens the page and waits until the server has told it the state of the connection. */
    Window open(URI address) {
        page.navigate(address.toString());
        page.waitForCondition(() -> !"waiting".equals(find("#connection").getAttribute("data-state")));
        return this;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    List<String> texts(String selector) {
        return find(selector).allInnerTexts();
    }

    /** Grants the page what the browser would ask a person for. */
    void allow(String... permissions) {
        context.grantPermissions(List.of(permissions));
    }

    /** What the page and the browser complained about so far. */
    List<String> complaints() {
        return complaints;
    }

    /** Fits its width, is fine for axe, and is written to target/screenshots. */
    void check(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
        assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("pixels too wide")
                .isEqualTo(0);
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .filteredOn(rule -> SERIOUS.contains(rule.getImpact()))
                .extracting(Rule::getId, rule -> rule.getNodes().get(0).getHtml())
                .isEmpty();
    }

    @Override
    public void close() {
        context.close();
        assertThat(complaints).isEmpty();
    }
}
