package io.github.dxlcdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages show is what the build compiles and runs: their examples are pieces of its files. */
public class DocumentationTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\((?!https?:|#)([^)#]+)[^)]*\\)");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    /** Of files that hold examples, by the language that a page names; {@code ini} is a dxlclient.config. */
    private static final Map<String, String> ENDS_OF_NAMES = Map.of("java", "java", "xml", "xml", "ini", "config");

    private static final Pattern CODE = Pattern.compile("DXL\\d{4}");

    public static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    /** Without the one whose files and commands GettingStartedIT takes from the page, to build and run them. */
    static List<Path> pagesMadeOfPieces() throws IOException {
        return pages().stream()
                .filter(page -> !page.endsWith("getting-started.md"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_lead_to_files_that_are_there(Path page) throws IOException {
        for (MatchResult link : links(page)) {
            assertThat(page.resolveSibling(link.group(2)))
                    .as("%s: %s", page, link.group())
                    .exists();
        }
    }

    @ParameterizedTest
    @MethodSource("pagesMadeOfPieces")
    void examples_are_pieces_of_files_that_the_build_compiles_or_runs(Path page) throws IOException {
        for (String language : ENDS_OF_NAMES.keySet()) {
            List<String> sources = sources(ENDS_OF_NAMES.get(language), "/");
            for (String block : blocks(page, language)) {
                assertThat(sources.stream().filter(source -> source.contains(unindented(block))))
                        .as("%s: files that hold%n%s", page, block)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void the_observer_in_the_readme_is_the_one_of_the_example() throws IOException {
        String source = Files.readString(
                ROOT.resolve("example-app/src/main/java/io/github/dxlcdi/example/DetectionPrinter.java"));
        String observer = source.substring(source.indexOf("@ApplicationScoped\n"));
        assertThat(blocks(ROOT.resolve("README.md"), "java")).contains(observer);
    }

    @Test
    void every_code_that_an_operator_may_see_is_explained() throws IOException {
        Set<String> explained = codes(Files.readString(ROOT.resolve("docs/troubleshooting.md")));

        assertThat(explained).isEqualTo(codes(String.join("\n", sources("java", "/src/main/"))));
    }

    @Test
    void the_words_of_a_failed_connection_are_those_that_the_client_says() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/troubleshooting.md"));
        String table = page.substring(page.indexOf("| The reason says"), page.indexOf("| Line | It means"));
        String said = String.join("\n", sources("java", "/src/main/")).replaceAll("\"\\s*\\+\\s*\"", "");
        List<String> words = Pattern.compile("(?m)^\\| `([^`]+)`")
                .matcher(table)
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(words)
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        reason -> assertThat(said.contains(reason)).as(reason).isTrue());
    }

    @Test
    void the_methods_on_the_way_of_a_detection_are_where_the_page_says() throws IOException {
        for (MatchResult link : links(ROOT.resolve("docs/architecture.md"))) {
            String name = link.group(1);
            if (link.group(2).endsWith(".java") && name.contains(".")) {
                String method = name.substring(name.indexOf('.') + 1);
                assertThat(Files.readString(ROOT.resolve("docs").resolve(link.group(2))))
                        .as(link.group())
                        .contains(" " + method + "(");
            }
        }
    }

    private static List<MatchResult> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(page)).results().toList();
    }

    /** The examples of a page in a language. */
    public static List<String> blocks(Path page, String language) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static Set<String> codes(String text) {
        return CODE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The files of the project with a name that ends so, in folders that hold a part; what this very class says about them
     * doesn't count.
     */
    private static List<String> sources(String end, String folder) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith("." + end))
                    .filter(file -> file.toString().contains(folder))
                    .filter(file -> !file.toString().contains("/target/") && !file.endsWith("DocumentationTest.java"))
                    .map(DocumentationTest::read)
                    .map(text -> text.replace("${project.version}", "0.1.0-SNAPSHOT"))
                    .map(DocumentationTest::unindented)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
