package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dxlcdi.fabric.ChildJvm;
import io.github.dxlcdi.fabric.CipherProfile;
import io.github.dxlcdi.fabric.Fabric;
import java.io.File;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSL's library in two applications of one JVM, each with a class loader of its own, as a server has them. */
class OpenSslInTwoApplicationsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void each_joins_with_its_own_and_one_that_goes_leaves_nothing_behind_and_the_other_alone() throws Exception {
        try (Fabric fabric = Fabric.builder()
                        .ciphers(CipherProfile.RSA_KEY_EXCHANGE_ONLY)
                        .start();
                ChildJvm server = start(fabric)) {
            assertThat(server.await("one", PATIENCE)).isEqualTo(1);
            assertThat(server.await("other", PATIENCE)).isEqualTo(1);
            assertThat(server.await("one-is-gone", PATIENCE)).isEqualTo(1);
            assertThat(server.await("other-again", PATIENCE)).isEqualTo(1);
            assertThat(server.await("other-is-gone", PATIENCE)).isEqualTo(1);
        }
    }

    /** Without the client or Netty on its own class path, as the JVM of a server is. */
    private ChildJvm start(Fabric fabric) throws Exception {
        fabric.writeConfig(folder);
        return ChildJvm.start(
                Path.of(System.getProperty("java.home")),
                Path.of(Server.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString(),
                Server.class,
                List.of(),
                System.getProperty("java.class.path"),
                String.valueOf(fabric.port()),
                folder.toString());
    }

    /** The program: two applications, one after the other taken out again. */
    static final class Server {
        private final String[] arguments;

        private Server(String[] arguments) {
            this.arguments = arguments;
        }

        public static void main(String[] arguments) throws Exception {
            Server server = new Server(arguments);
            URLClassLoader one = server.application();
            URLClassLoader other = server.application();
            server.join("one", one);
            server.join("other", other);
            WeakReference<ClassLoader> first = new WeakReference<>(one);
            one.close();
            one = null;
            awaitEnd("one-is-gone", first);
            server.join("other-again", other);
            WeakReference<ClassLoader> second = new WeakReference<>(other);
            other.close();
            other = null;
            awaitEnd("other-is-gone", second);
        }

        private static void awaitEnd(String word, WeakReference<ClassLoader> application) {
            for (int i = 0; i < 100 && application.get() != null; i++) {
                System.gc();
                System.runFinalization();
            }
            say(word, application.get() == null);
        }

        private void join(String word, ClassLoader application) throws Exception {
            Thread.currentThread().setContextClassLoader(application);
            Method join = application
                    .loadClass("com.opendxl.client.JoiningClient")
                    .getDeclaredMethod("join", int.class, String.class, String.class);
            join.setAccessible(true);
            String how = (String) join.invoke(null, Integer.parseInt(arguments[1]), arguments[2], "openssl");
            Thread.currentThread().setContextClassLoader(null);
            say(word, how.contains("TLS_RSA_WITH_AES_256_GCM_SHA384 (OpenSSL)"));
        }

        private URLClassLoader application() {
            URL[] everything = Stream.of(arguments[0].split(File.pathSeparator))
                    .map(Server::url)
                    .toArray(URL[]::new);
            return new URLClassLoader(everything, ClassLoader.getPlatformClassLoader());
        }

        private static URL url(String path) {
            try {
                return Path.of(path).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new AssertionError(e);
            }
        }

        private static void say(String word, boolean asExpected) {
            System.out.println(word + " " + (asExpected ? 1 : 0));
        }
    }
}
