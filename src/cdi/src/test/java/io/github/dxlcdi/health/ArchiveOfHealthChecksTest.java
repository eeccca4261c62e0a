package io.github.dxlcdi.health;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import org.junit.jupiter.api.Test;

class ArchiveOfHealthChecksTest {
    @Test
    void without_microprofile_health_it_loads_and_has_the_other_annotation_alone() throws Exception {
        Class<?> marker = new WithoutHealthApi().loadClass(ArchiveOfHealthChecks.class.getName());

        assertThat(marker).isNotEqualTo(ArchiveOfHealthChecks.class);
        assertThat(marker.getAnnotations())
                .extracting(Annotation::annotationType)
                .containsExactly(Dependent.class);
    }

    /** Defines the class itself, and has everything else but MicroProfile Health. */
    private static final class WithoutHealthApi extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.eclipse.microprofile.health.")) {
                throw new ClassNotFoundException(name);
            } else if (name.equals(ArchiveOfHealthChecks.class.getName())) {
                try (InputStream in =
                        getSystemResourceAsStream(name.replace('.', '/').concat(".class"))) {
                    byte[] bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
            return super.loadClass(name, resolve);
        }
    }
}
