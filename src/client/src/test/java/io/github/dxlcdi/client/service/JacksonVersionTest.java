package io.github.dxlcdi.client.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.PackageVersion;
import org.junit.jupiter.api.Test;

class JacksonVersionTest {
    @Test
    void tests_run_with_the_version_that_the_build_says() {
        assertThat(PackageVersion.VERSION).hasToString(System.getProperty("jackson.version"));
    }
}
