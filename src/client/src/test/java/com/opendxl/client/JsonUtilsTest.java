package com.opendxl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.opendxl.client.exception.DxlException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonUtilsTest {
    /** As services describe themselves. */
    public static final class Service {
        public String serviceType;
        public List<String> requestChannels;
    }

    @Test
    void an_object_becomes_a_text_and_a_text_an_object() throws DxlException {
        Service service = JsonUtils.fromString(
                "{\"serviceType\":\"/a/service\",\"requestChannels\":[\"/a\"],\"ttlMins\":60}", Service.class);

        assertThat(service.serviceType).isEqualTo("/a/service");
        assertThat(JsonUtils.toString(service))
                .isEqualTo("{\"serviceType\":\"/a/service\",\"requestChannels\":[\"/a\"]}");
        Map<String, Integer> counts =
                JsonUtils.fromString("{\"count\":3}", new TypeReference<Map<String, Integer>>() {});
        assertThat(counts).containsEntry("count", 3);
    }

    @Test
    void what_does_not_fit_is_told_without_the_text() {
        assertThatThrownBy(() -> JsonUtils.fromString("{\"serviceType\":secret}", Service.class))
                .isInstanceOf(DxlException.class)
                .hasMessageStartingWith("The JSON text and the object do not fit: ")
                .hasMessageNotContaining("Source");
        assertThatThrownBy(() -> JsonUtils.toString(new Object())).isInstanceOf(DxlException.class);
    }

    @Test
    void without_data_binding_every_call_says_what_to_add() throws Exception {
        URL[] classes = {JsonUtils.class.getProtectionDomain().getCodeSource().getLocation()};
        try (URLClassLoader loader = new URLClassLoader(classes, JsonUtilsTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith("com.fasterxml.jackson.databind.")) {
                    throw new ClassNotFoundException(name);
                }
                boolean own = name.startsWith(JsonUtils.class.getName());
                return own && findLoadedClass(name) == null ? findClass(name) : super.loadClass(name, resolve);
            }
        }) {
            Class<?> json = loader.loadClass(JsonUtils.class.getName());
            for (int call = 0; call < 2; call++) {
                assertThatThrownBy(
                                () -> json.getMethod("toString", Object.class).invoke(null, "text"))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("com.fasterxml.jackson.core:jackson-databind");
            }
        }
    }
}
