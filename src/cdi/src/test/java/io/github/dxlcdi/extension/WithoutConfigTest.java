package io.github.dxlcdi.extension;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithoutConfigTest {
    @Test
    void without_microprofile_config_the_deployment_fails_with_the_remedy() throws Exception {
        Class<?> type = new WithoutConfig().loadClass(DxlExtension.class.getName());
        // As containers do, which look for observer methods.
        assertThat(type.getDeclaredMethods()).isNotEmpty();
        List<Object> errors = new ArrayList<>();
        Object discovery = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AfterBeanDiscovery.class}, (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("addDefinitionError");
                    errors.add(arguments[0]);
                    return null;
                });
        Method addBeans = type.getDeclaredMethod("addBeans", AfterBeanDiscovery.class, BeanManager.class);
        addBeans.setAccessible(true);

        addBeans.invoke(type.getDeclaredConstructor().newInstance(), discovery, null);

        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat((Throwable) error)
                        .isInstanceOf(DeploymentException.class)
                        .hasMessageContainingAll("DXL1021", "mpConfig-3.1"));
    }

    /** Defines this project's classes itself, and finds no MicroProfile Config. */
    private static final class WithoutConfig extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.eclipse.microprofile.config.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.github.dxlcdi.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
