package io.github.dxlcdi.testing;

import io.github.dxlcdi.extension.DxlExtension;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigProviderResolver;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** An application of a few beans on Weld, with a configuration and a class loader of its own. */
public final class TestApplication implements AutoCloseable {
    private final WeldContainer container;
    private final ClassLoader loader;
    private final Runnable release;

    private TestApplication(WeldContainer container, ClassLoader loader, Runnable release) {
        this.container = container;
        this.loader = loader;
        this.release = release;
    }

    /** The configuration of an application, to be started. */
    public static Starter with(String... keysAndValues) {
        Starter starter = new Starter();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            starter.config.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return starter;
    }

    public <T> T get(Class<T> type, Annotation... qualifiers) {
        return container.select(type, qualifiers).get();
    }

    /** What the readiness check of the extension answers now. */
    public HealthCheckResponse readiness() {
        return get(HealthCheck.class, Readiness.Literal.INSTANCE).call();
    }

    public BeanManager beanManager() {
        return container.getBeanManager();
    }

    public ClassLoader classLoader() {
        return loader;
    }

    @Override
    public void close() {
        try {
            container.shutdown();
        } finally {
            release.run();
        }
    }

    /** What an application is started from. */
    public static final class Starter {
        private final Map<String, String> config = new LinkedHashMap<>();
        private final List<Extension> extensions = new ArrayList<>(List.of(new DxlExtension()));
        private String hidden = "";

        /** Hides a resource of the class path, as if the JAR that brings it were not there. */
        public Starter hiding(String resource) {
            hidden = resource;
            return this;
        }

        /** Brings another extension than ours. */
        public Starter with(Extension extension) {
            extensions.add(extension);
            return this;
        }

        public Starter and(String key, String value) {
            config.put(key, value);
            return this;
        }

        /** Starts it; throws what the deployment throws. */
        public TestApplication start(Class<?>... beans) {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            ClassLoader loader = new URLClassLoader(new URL[0], TestApplication.class.getClassLoader()) {
                @Override
                public Enumeration<URL> getResources(String name) throws IOException {
                    return name.equals(hidden) ? Collections.emptyEnumeration() : super.getResources(name);
                }
            };
            Thread.currentThread().setContextClassLoader(loader);
            var resolver = (SmallRyeConfigProviderResolver) ConfigProviderResolver.instance();
            var built = new SmallRyeConfigBuilder()
                    .forClassLoader(loader)
                    .withSources(new PropertiesConfigSource(config, "test", 1_000))
                    .build();
            resolver.registerConfig(built, loader);
            Runnable release = () -> {
                resolver.releaseConfig(built);
                Thread.currentThread().setContextClassLoader(before);
            };
            try {
                WeldContainer container = new Weld(loader.toString())
                        .disableDiscovery()
                        .setClassLoader(loader)
                        .addExtensions(extensions.toArray(Extension[]::new))
                        .addBeanClasses(beans)
                        .initialize();
                return new TestApplication(container, loader, release);
            } catch (Throwable e) {
                release.run();
                throw e;
            }
        }
    }
}
