package io.github.dxlcdi.lifecycle;

import java.security.CodeSource;
import java.util.List;
import java.util.Optional;

/**
 * Which Netty the client would run on. An older one in the application, or in a library of the server, would only show
 * when classes are missing at run time. Knows Netty by names alone.
 */
final class NettyVersion {
    /** Since 4.2. */
    private static final String EVENT_LOOP = "io.netty.channel.IoHandlerFactory";

    /** A class of each JAR that the client uses. */
    private static final List<String> EXAMPLES = List.of(
            "io.netty.channel.Channel",
            "io.netty.util.concurrent.EventExecutor",
            "io.netty.buffer.ByteBuf",
            "io.netty.resolver.AddressResolver",
            "io.netty.handler.codec.ByteToMessageDecoder",
            "io.netty.handler.codec.http.HttpObject",
            "io.netty.handler.codec.mqtt.MqttMessage",
            "io.netty.handler.ssl.SslHandler");

    private NettyVersion() {}

    /** What is wrong with the Netty that {@code loader} finds; empty: nothing. */
    static Optional<String> problem(ClassLoader loader) {
        for (String example : EXAMPLES) {
            Class<?> found = find(example, loader);
            if (found == null) {
                return Optional.of(example + " is missing");
            }
            String version = found.getPackage().getImplementationVersion();
            if (version != null && version.startsWith("4.1.")) {
                return Optional.of(example + " is of Netty " + version + from(found));
            }
        }
        Class<?> channel = find(EXAMPLES.get(0), loader);
        return find(EVENT_LOOP, loader) == null
                ? Optional.of(channel.getName() + " is of an older Netty" + from(channel))
                : Optional.empty();
    }

    private static Class<?> find(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static String from(Class<?> found) {
        CodeSource source = found.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "" : ", from " + source.getLocation();
    }
}
