package io.github.dxlcdi.liberty;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application takes on with dxl-cdi, read from the WAR of the example. */
class WarContentIT {
    private static final Path WAR = Path.of("../example-app/target/example-app.war");
    private static final Path PAGE = Path.of("../docs/deploying.md");
    private static final int LIMIT_KB = 5_200;

    /** So coarse that the table changes only when something has happened. */
    private static final int STEP_KB = 50;

    private static final TreeMap<String, Integer> KILOBYTES = new TreeMap<>();

    @TempDir
    private static Path jars;

    @BeforeAll
    static void unpack() throws IOException {
        try (ZipInputStream war = new ZipInputStream(Files.newInputStream(WAR))) {
            for (ZipEntry entry = war.getNextEntry(); entry != null; entry = war.getNextEntry()) {
                if (entry.getName().endsWith(".jar")) {
                    String name = entry.getName().substring("WEB-INF/lib/".length());
                    Files.copy(war, jars.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                    KILOBYTES.put(name.replaceFirst("-\\d.*", ""), (int) (Files.size(jars.resolve(name)) / 1_000) + 1);
                }
            }
        }
    }

    @Test
    void size_is_below_its_limit_and_the_page_tells_it() throws IOException {
        int fabric = KILOBYTES.get("dxl-fabric");
        int gained = KILOBYTES.values().stream().mapToInt(Integer::intValue).sum() - fabric;
        List<String> table = new ArrayList<>(List.of("| JAR | kB, up to |", "|---|---|"));
        KILOBYTES.entrySet().stream()
                .filter(jar -> !jar.getKey().equals("dxl-fabric"))
                .sorted(Comparator.comparing(jar -> !jar.getKey().startsWith("dxl-")))
                .forEach(jar -> table.add("| `" + jar.getKey() + "` | " + rounded(jar.getValue()) + " |"));
        table.add("| **together** | **" + rounded(gained) + "** |");
        table.add("| `dxl-fabric`, for development | " + rounded(fabric) + " |");
        Path made = Programs.TARGET.resolve("war-table.md");
        Files.write(made, table);

        assertThat(gained).isLessThan(LIMIT_KB);
        assertThat(Files.readString(PAGE))
                .as("the table in %s is out of date; put the content of %s there", PAGE, made)
                .contains(String.join("\n", table))
                .contains("%,d kB".formatted(LIMIT_KB));
    }

    @Test
    void our_jars_name_their_modules_and_no_two_jars_share_a_package() {
        ModuleFinder finder = ModuleFinder.of(jars);
        Set<String> all = finder.findAll().stream()
                .map(ModuleReference::descriptor)
                .map(module -> module.name())
                .collect(toSet());

        assertThat(all)
                .contains("io.github.dxlcdi.client", "io.github.dxlcdi.tie", "io.github.dxlcdi.cdi")
                .contains("io.github.dxlcdi.fabric");
        // Fails where two of them hold the same package.
        assertThat(Configuration.empty()
                        .resolve(finder, ModuleFinder.ofSystem(), all)
                        .modules())
                .hasSizeGreaterThan(all.size());
    }

    @Test
    void nothing_is_shipped_that_the_server_brings() {
        assertThat(KILOBYTES.keySet().stream()
                        .filter(jar -> jar.matches("jakarta.*|.*(microprofile|weld|smallrye|junit|slf4j|databind).*"))
                        .collect(joining(", ")))
                .isEmpty();
    }

    private static int rounded(int kilobytes) {
        return (kilobytes + STEP_KB - 1) / STEP_KB * STEP_KB;
    }
}
