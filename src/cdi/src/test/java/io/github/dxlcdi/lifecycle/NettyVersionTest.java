package io.github.dxlcdi.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NettyVersionTest {
    @TempDir
    Path folder;

    @Test
    void netty_of_this_project_is_right() {
        assertThat(NettyVersion.problem(getClass().getClassLoader())).isEmpty();
    }

    @Test
    void jar_of_netty_4_1_is_told_with_its_version_and_place() throws IOException {
        Path jar = jarOf(Channel.class, "4.1.137.Final");
        try (OtherNetty loader = new OtherNetty(Channel.class.getName(), jar)) {
            assertThat(NettyVersion.problem(loader))
                    .hasValue("io.netty.channel.Channel is of Netty 4.1.137.Final, from "
                            + jar.toUri().toURL());
        }
    }

    @Test
    void netty_that_does_not_tell_its_version_is_known_by_what_it_lacks() throws IOException {
        try (OtherNetty loader = new OtherNetty("io.netty.channel.IoHandlerFactory")) {
            assertThat(NettyVersion.problem(loader))
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .startsWith("io.netty.channel.Channel is of an older Netty, from file:"));
        }
    }

    @Test
    void missing_jar_of_netty_is_told() throws IOException {
        try (OtherNetty loader = new OtherNetty("io.netty.handler.codec.mqtt.MqttMessage")) {
            assertThat(NettyVersion.problem(loader)).hasValue("io.netty.handler.codec.mqtt.MqttMessage is missing");
        }
    }

    private Path jarOf(Class<?> type, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        String entry = type.getName().replace('.', '/') + ".class";
        Path file = folder.resolve("netty.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream bytes = ClassLoader.getSystemResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            bytes.transferTo(jar);
        }
        return file;
    }

    /** Has one class from another place, or not at all. */
    private static final class OtherNetty extends URLClassLoader {
        private final String different;

        OtherNetty(String different, Path... jars) throws IOException {
            super(jars.length == 0 ? new URL[0] : new URL[] {jars[0].toUri().toURL()});
            this.different = different;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(different)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
