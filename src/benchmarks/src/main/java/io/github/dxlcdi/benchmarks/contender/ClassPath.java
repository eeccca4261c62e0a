package io.github.dxlcdi.benchmarks.contender;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What receivers have to run with. */
public enum ClassPath {
    /** Ours with the JDK's TLS and NIO, as most applications have it. */
    PLAIN {
        @Override
        public String text() {
            return ours(jar -> !jar.contains("tcnative") && !jar.contains("epoll"));
        }
    },
    /** The same with epoll and OpenSSL. */
    EVERYTHING {
        @Override
        public String text() {
            return ours(jar -> true);
        }
    },
    /** What the module in {@code peers/} has: Netty 4.1. */
    PEERS {
        @Override
        public String text() {
            try {
                URI own = ClassPath.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI();
                return Path.of(own) + File.pathSeparator + Files.readString(Path.of("peers", "target", "classpath"));
            } catch (IOException | URISyntaxException e) {
                throw new IllegalStateException("The class path of the peers is not there", e);
            }
        }
    };

    /** As the option of a JVM has it. */
    public abstract String text();

    private static String ours(Predicate<String> wanted) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(part -> wanted.test(Path.of(part).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
