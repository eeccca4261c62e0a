package io.github.dxlcdi.tie;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.message.Event;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server's threads outlive the applications whose records they read. */
class NothingLeftOnThreadsTest {
    private final ExecutorService serverThread = Executors.newSingleThreadExecutor();

    @AfterEach
    void end_the_thread() throws Exception {
        serverThread.shutdownNow();
        assertThat(serverThread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_thread_that_has_read_a_record_does_not_hold_the_application() throws Exception {
        WeakReference<ClassLoader> application = serverThread
                .submit(NothingLeftOnThreadsTest::readInAnApplication)
                .get();
        for (int tries = 0; tries < 20 && application.get() != null; tries++) {
            System.gc();
            serverThread.submit(() -> {}).get();
        }
        assertThat(application.get()).isNull();
    }

    /** Reads a detection with classes of its own, as those of a deployed WAR are. */
    private static WeakReference<ClassLoader> readInAnApplication() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(new File(entry).toURI().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> reading = loader.loadClass(Reading.class.getName());
            assertThat(reading).isNotEqualTo(Reading.class);
            ((Runnable) reading.getConstructor().newInstance()).run();
            return new WeakReference<>(loader);
        }
    }

    /** Public, as another class loader's copy of it is made by reflection; by itself it leaves nothing behind. */
    public static final class Reading implements Runnable {
        @Override
        public void run() {
            Event event = FileDetection.builder()
                    .agentGuid("{68125cd6-a5d8-11e6-348e-000c29663178}")
                    .detectionTime(Instant.ofEpochSecond(1481301796))
                    .hashes(Hashes.of(Map.of("sha1", "435dfd470f727437c7cb4f07cba1f9a1f4272656")))
                    .localReputation(TrustLevel.KNOWN_MALICIOUS)
                    .remediationAction(5)
                    .build()
                    .toEvent();
            FileDetection.read(event).toJson();
        }
    }
}
