package io.github.dxlcdi.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values with expressions, on servers that tell of them in different ways. */
class ExpressionTest {
    private static final String CANT_BE_RESOLVED = "but the expression in it can't be resolved: set what it names";

    @ParameterizedTest
    @MethodSource("io.github.dxlcdi.configuration.SecretValueTest#keys")
    void an_expression_that_names_nothing_is_a_problem_of_any_key(String key) {
        assertThat(problems(key, "${DXL_X}"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith(key + " is '" + (key.contains("password") ? "*****" : shown(key)))
                .contains("' (from PropertiesConfigSource[source=the test's source]), " + CANT_BE_RESOLVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a${NOPE}b", "${NOPE:${NEITHER}}", "a${b", "${"})
    void every_form_of_it_is_a_problem(String value) {
        assertThat(problems("dxl.client-id", value))
                .hasSize(1)
                .first()
                .asString()
                .contains(CANT_BE_RESOLVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${NOPE:}", " ${NOPE: } ", "${EMPTY}"})
    void an_expression_that_comes_to_nothing_is_as_not_set(String value) {
        ConfigurationValues values = new ConfigurationValues(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(
                        Map.of("dxl.tls.verify-hostname", value, "EMPTY", ""), "the test's source", 100))
                .build());

        assertThat(values.problems()).isEmpty();
        assertThat(values.isSet(ConfigurationKey.TLS_VERIFY_HOSTNAME)).isFalse();
        assertThat(values.get(ConfigurationKey.TLS_VERIFY_HOSTNAME)).isFalse();
    }

    /** What getConfigValue gives for an expression that names nothing: value, raw value, or an exception. */
    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, true", "true, false"})
    void what_a_server_does_not_tell_comes_from_the_sources(boolean literal, boolean raw) {
        Config config = new OneSource("${DXL_X}", text -> new Told(literal ? text : null, raw ? text : null));

        assertThat(new ConfigurationValues(config).problems())
                .extracting(ConfigurationProblem::text)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("dxl.tls.verify-hostname is '${DXL_X}' (from the only source), " + CANT_BE_RESOLVED);
    }

    @Test
    void a_server_that_throws_is_asked_for_its_sources() {
        Config config = new OneSource("${DXL_X}", text -> {
            throw new NoSuchElementException();
        });

        assertThat(new ConfigurationValues(config).problems()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "${A:${B:}}, 0",
        "${A:}${B:}, 0",
        "${dxl.empty}, 0",
        "${A:${dxl.empty}}, 0",
        "${A:${B}}, 1",
        "${A:}${B}, 1",
        "${A:}x, 1"
    })
    void what_comes_to_nothing_counts_as_not_set_on_servers_that_give_null_for_it(String written, int problems) {
        Config config = new OneSource(written, text -> new Told(null, null));

        assertThat(new ConfigurationValues(config).problems()).hasSize(problems);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_empty_default_counts_as_not_set_on_servers_that_give_null_for_it(boolean raw) {
        Config config = new OneSource("${DXL_X:}", text -> new Told(null, raw ? text : null));

        assertThat(new ConfigurationValues(config).problems()).isEmpty();
    }

    @Test
    void a_passphrase_that_differs_from_what_is_written_is_told_without_either() {
        for (String written : List.of("pa$$word", "p\\$word")) {
            DxlConfiguration configuration = new DxlConfiguration(config("dxl.tls.private-key-password", written));
            configuration.problemOfClient("The private key can't be decrypted: the passphrase is wrong");

            assertThat(configuration.problems())
                    .extracting(ConfigurationProblem::text)
                    .containsExactly("The private key can't be decrypted: the passphrase is wrong; the value of"
                            + " dxl.tls.private-key-password (from PropertiesConfigSource[source=the test's source]) is"
                            + " not what is written there, because MicroProfile Config gives $$, \\$ and ${ a meaning:"
                            + " write $$ for each $");
        }
    }

    @ParameterizedTest
    @CsvSource({"pa$$$$word, pa$$word", "pa$${word, pa${word", "pa$word, pa$word"})
    void a_dollar_sign_is_written_twice(String written, String value) {
        assertThat(new DxlConfiguration(config("dxl.tls.private-key-password", written)).privateKeyPassword())
                .containsExactly(value.toCharArray());
    }

    @Test
    void a_passphrase_that_comes_from_elsewhere_as_a_whole_is_what_is_written_there() {
        Config config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(
                        Map.of("dxl.tls.private-key-password", "${SECRET}", "SECRET", "fish"), "source", 100))
                .build();

        assertThat(new ConfigurationValues(config).changedSecret(ConfigurationKey.TLS_PRIVATE_KEY_PASSWORD))
                .isEmpty();
    }

    private static List<String> problems(String key, String value) {
        return new ConfigurationValues(config(key, value))
                .problems().stream().map(ConfigurationProblem::text).toList();
    }

    private static String shown(String key) {
        return ConfigurationKey.ALL.stream()
                .filter(one -> one.name().equals(key))
                .map(one -> one.shown("${DXL_X}"))
                .findFirst()
                .orElseThrow();
    }

    private static Config config(String key, String value) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(Map.of(key, value), "the test's source", 100))
                .build();
    }

    /** A configuration that holds one value, in one source, and tells of it in some way. */
    private record OneSource(String written, Function<String, ConfigValue> tells) implements Config, ConfigSource {
        private static final String KEY = "dxl.tls.verify-hostname";

        @Override
        public ConfigValue getConfigValue(String name) {
            return name.equals(KEY) ? tells.apply(written) : new Told(null, null);
        }

        @Override
        public String getValue(String name) {
            return name.equals(KEY) ? written : name.equals("dxl.empty") ? "" : null;
        }

        @Override
        public String getName() {
            return "the only source";
        }

        @Override
        public Set<String> getPropertyNames() {
            return Set.of(KEY);
        }

        @Override
        public Iterable<ConfigSource> getConfigSources() {
            return List.of(this);
        }

        @Override
        public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
            return Optional.empty();
        }

        @Override
        public <T> T getValue(String name, Class<T> type) {
            throw new NoSuchElementException(name);
        }

        @Override
        public <T> Optional<Converter<T>> getConverter(Class<T> type) {
            return Optional.empty();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw new IllegalArgumentException();
        }
    }

    private record Told(String value, String raw) implements ConfigValue {
        @Override
        public String getName() {
            return OneSource.KEY;
        }

        @Override
        public String getValue() {
            return value;
        }

        @Override
        public String getRawValue() {
            return raw;
        }

        @Override
        public String getSourceName() {
            return null;
        }

        @Override
        public int getSourceOrdinal() {
            return 100;
        }
    }
}
