package io.github.dxlcdi.linking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.extension.DxlExtension;
import io.github.dxlcdi.testing.CapturedLog;
import io.github.dxlcdi.testing.TestApplication;
import io.github.dxlcdi.tie.FileDetection;
import io.github.dxlcdi.tie.Hashes;
import io.github.dxlcdi.tie.TrustLevel;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dxl-tie} and {@code dxl-cdi} link and run where the OpenDXL Java client stands in the place of {@code dxl-client}. */
class LinkTest {
    private static final String API = "com/opendxl/";
    private static final String OURS = "io/github/dxlcdi/client/";

    /** The classes that may know more of the client; they reach for it only where there is more. */
    private static final Pattern GUARDED = Pattern.compile("io\\.github\\.dxlcdi\\."
            + "(lifecycle\\.SpiAccess|configuration\\.(ShownValue|PemCheck)|tie\\.ReceivedEvent).*");

    /** Loaded by JSON-B alone, which is not on the class path here. */
    private static final String JSON_B = "io.github.dxlcdi.tie.JsonbForm";

    private static final String PAYLOAD = new String(
            FileDetection.builder()
                    .agentGuid("{an-agent}")
                    .detectionTime(Instant.EPOCH)
                    .hashes(Hashes.of(Map.of("md5", "eb5e2b9dc51817a086d7b97eb52410ab")))
                    .localReputation(TrustLevel.KNOWN_MALICIOUS)
                    .name("SAMPLE1.EXE")
                    .remediationAction(1)
                    .build()
                    .toPayload(),
            StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    private static OtherClientLoader loader;

    @BeforeAll
    static void makeTheOtherClient() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString()));
        new StandIn().write(folder.resolve("sources")).forEach(file -> arguments.add(file.toString()));
        arguments.add("src/test/linking/LinkedApplication.java");
        arguments.add("src/test/linking/DeployedApplication.java");
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).isZero();
        loader = new OtherClientLoader(
                classes.toUri().toURL(),
                home(FileDetection.class),
                home(DxlExtension.class),
                home(TestApplication.class));
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    @Test
    void every_class_loads_and_initialises_but_for_those_that_know_our_client() throws Exception {
        for (String name : classes()) {
            if (GUARDED.matcher(name).matches() || name.equals(JSON_B)) {
                continue;
            }
            Class<?> type = Class.forName(name, true, loader);
            assertThat(type.getClassLoader()).isEqualTo(loader);
            // What they name is looked up only now.
            assertThat(type.getDeclaredMethods()).isNotNull();
            assertThat(type.getDeclaredConstructors()).isNotNull();
            assertThat(type.getDeclaredFields()).isNotNull();
            assertThat(type.getDeclaredClasses()).isNotNull();
        }
    }

    @Test
    void the_class_that_knows_our_client_says_that_it_is_not_there() throws Exception {
        Method isThere =
                loader.loadClass("io.github.dxlcdi.lifecycle.SpiAccess").getDeclaredMethod("isThere");
        isThere.setAccessible(true);

        assertThat(isThere.invoke(null)).isEqualTo(false);
    }

    @Test
    void all_that_they_refer_to_in_the_client_is_in_the_other_one() throws Exception {
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (String name : classes()) {
            References references = references(name);
            for (String type : references.types()) {
                if (type.startsWith(OURS) && !GUARDED.matcher(name).matches()) {
                    missing.add(name + " -> " + type);
                } else if (type.startsWith(API)) {
                    Class.forName(type.replace('/', '.'), false, loader);
                }
            }
            for (References.Member member : references.members()) {
                if (member.owner().startsWith(API)) {
                    found++;
                    if (!member.isIn(Class.forName(member.owner().replace('/', '.'), false, loader), loader)) {
                        missing.add(name + " -> " + member);
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).as("references to members of the client").isGreaterThan(30);
    }

    @Test
    void the_other_client_has_nothing_of_ours() {
        assertThat(Stream.of(OURS + "spi/FabricConnection.class", OURS + "connection/Connection.class")
                        .filter(resource -> loader.findResource(resource) != null))
                .isEmpty();
    }

    @Test
    void a_detection_is_read() throws Exception {
        assertThat(call("LinkedApplication", "read", PAYLOAD)).contains("SAMPLE1.EXE");
    }

    @Test
    void a_detection_reaches_an_observer() throws Exception {
        assertThat(call("LinkedApplication", "observe", PAYLOAD)).contains("SAMPLE1.EXE");
    }

    @Test
    void brokers_are_named_by_url_though_the_other_client_reads_none() throws Exception {
        assertThat(problems("dxl.brokers=ssl://localhost:8883,wss://[::1]", "dxl.tls.ca=none"))
                .contains("DXL1001 dxl.tls.ca is 'none'")
                .doesNotContain("dxl.brokers");
        assertThat(problems("dxl.brokers=ssl://localhost:0")).contains("DXL1001 dxl.brokers is");
    }

    @Test
    void an_embedded_fabric_is_refused_because_of_the_client_that_it_is_built_on() throws Exception {
        assertThat(problems("dxl.fabric.embedded=true"))
                .contains("DXL1001 dxl.fabric.embedded is true", "is not dxl-client")
                .doesNotContain("io.github.dxlcdi:dxl-fabric");
    }

    @Test
    void what_only_our_client_reads_is_refused_and_not_shown() throws Exception {
        String[] configuration = {
            "dxl.brokers={an-id};8883;localhost",
            "dxl.tls.ca=-----BEGIN CERTIFICATE-----",
            "dxl.tls.certificate=client.p12",
            "dxl.tls.private-key=-----BEGIN PRIVATE KEY----- in-the-open",
            "dxl.tls.private-key-password=in-the-open",
            "dxl.tls.provider=jdk"
        };

        assertThat(problems(configuration))
                .contains("dxl.tls.ca is", "dxl.tls.certificate is", "dxl.tls.private-key is")
                .contains("dxl.tls.private-key-password is", "dxl.tls.provider is")
                .doesNotContain("in-the-open");
    }

    @Test
    void an_unknown_key_is_named() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            problems("dxl.tls.verfy-hostname=true", "dxl.tls.ca=none");

            assertThat(log.with("DXL1003"))
                    .singleElement()
                    .asString()
                    .contains("dxl.tls.verfy-hostname is set", "did you mean dxl.tls.verify-hostname?");
        }
    }

    @Test
    void who_observes_the_connection_is_warned_that_it_is_never_called() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            call("DeployedApplication", "observeTheConnection", "");

            assertThat(log.with("DXL1015"))
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("WARNING"))
                    .anyMatch(line -> line.contains("Watcher.connected") && line.contains("DxlConnected"))
                    .anyMatch(line -> line.contains("Watcher.lost") && line.contains("DxlDisconnected"));
        }
    }

    @Test
    void health_tells_since_when_the_connection_is_as_it_is() throws Exception {
        String[] sinces = call("DeployedApplication", "sinces", "").split(" ");

        assertThat(sinces[1]).isGreaterThan(sinces[0]);
        assertThat(sinces[2]).isEqualTo(sinces[1]);
        assertThat(sinces[3]).isGreaterThan(sinces[2]);
    }

    private static String problems(String... configuration) throws Exception {
        return call("DeployedApplication", "problems", String.join("\n", configuration));
    }

    private static String call(String application, String method, String argument) throws Exception {
        Class<?> type = loader.loadClass("io.github.dxlcdi.linking." + application);
        return (String) type.getMethod(method, String.class).invoke(null, argument);
    }

    private static References references(String name) throws IOException {
        try (InputStream in =
                loader.findResource(name.replace('.', '/') + ".class").openStream()) {
            return References.of(in.readAllBytes());
        }
    }

    /** All of the two modules; those of {@code dxl-cdi} come from a folder, those of {@code dxl-tie} perhaps from a JAR. */
    private static List<String> classes() throws Exception {
        List<String> names = new ArrayList<>();
        for (Class<?> one : List.of(FileDetection.class, DxlExtension.class)) {
            Path home = Path.of(home(one).toURI());
            if (Files.isDirectory(home)) {
                names.addAll(classes(home));
            } else {
                try (FileSystem jar = FileSystems.newFileSystem(home)) {
                    names.addAll(classes(jar.getPath("/")));
                }
            }
        }
        assertThat(names).hasSizeGreaterThan(60);
        return names;
    }

    private static List<String> classes(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.replace(".class", "").replace('/', '.').replace('\\', '.'))
                    .filter(name -> !name.endsWith("package-info"))
                    .collect(Collectors.toList());
        }
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
