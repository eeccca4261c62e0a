package io.github.dxlcdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentationTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\((?!https?:|#)([^)#]+)[^)]*\\)");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/configuration.md"})
    void links_lead_to_files_that_are_there(String page) throws IOException {
        for (MatchResult link : links(page)) {
            assertThat(ROOT.resolve(page).resolveSibling(link.group(2)))
                    .as("%s: %s", page, link.group())
                    .exists();
        }
    }

    @Test
    void the_observer_in_the_readme_is_the_one_of_the_example() throws IOException {
        String source = Files.readString(
                ROOT.resolve("example-app/src/main/java/io/github/dxlcdi/example/DetectionPrinter.java"));
        String observer = source.substring(source.indexOf("@ApplicationScoped\n"));
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + observer + "```");
    }

    @Test
    void the_methods_on_the_way_of_a_detection_are_where_the_page_says() throws IOException {
        for (MatchResult link : links("docs/architecture.md")) {
            String name = link.group(1);
            if (link.group(2).endsWith(".java") && name.contains(".")) {
                String method = name.substring(name.indexOf('.') + 1);
                assertThat(Files.readString(ROOT.resolve("docs").resolve(link.group(2))))
                        .as(link.group())
                        .contains(" " + method + "(");
            }
        }
    }

    private static List<MatchResult> links(String page) throws IOException {
        List<MatchResult> links =
                LINK.matcher(Files.readString(ROOT.resolve(page))).results().toList();
        assertThat(links).as("links of " + page).isNotNull();
        return links;
    }
}
