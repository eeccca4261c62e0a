package io.github.dxlcdi.client.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "soc+tie",
                "proxy.example.org",
                "dxl-broker-01.example.org:8883",
                "broker.example.org;99999;x",
                "{5d73b77f-8c4b-4ae0-b437-febd12facfd4};8883;broker1.example.org;192.0.2.10",
                "ssl://[2001:db8::5]:8883,wss://host:443/mqtt",
                "/etc/dxl/dxlclient.config",
                "/run/secrets/dxl_client.key",
                "C:\\Program Files (x86)\\dxl\\client.crt",
                "/opt/ol/wlp/usr/servers/defaultServer/dxl/client.p12",
                "/etc/dxl/käse/client.crt",
                "/opt/ibm/wlp/usr/servers/defaultServer/dxl/client-2026.crt",
                "/var/lib/kubelet/pods/5d73b77f-8c4b-4ae0-b437-febd12facfd4/volumes/client.crt",
                "ssl://[2001:db8:85a3:8d3:1319:8a2e:370:7348]:8883",
                "b-12ab34c-1.broker-x2k4p.eu-west-1.example.org:8883",
                "compass;8883;broker.example.org",
                "${DXL_VERIFY}"
            })
    void names_addresses_and_paths_are_shown(String value) {
        assertThat(GivenText.shown(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Swordfish",
                "Tr0ub4dor&3",
                "correct horse battery staple",
                "password: hunter2x/y",
                "/etc/dxl;password=x",
                "http://alice:s3cret@proxy.example.org",
                "alice@proxy.example.org",
                "MC4CAQAwBQYDK2VwBCIEIA",
                "hRANCAATx/dK3jf9Qw",
                "hRANCAATx+dK3jf9Qw==",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dK3jf9QwT8",
                "9f86d081884c7d659a2feaa0c55ad015",
                "9f86-d081-884c-7d65-9a2f-eaa0-c55a-d015-0e40-cdf5-fa65-aa12-c9fa-3b0e-f0b5",
                "VH2LS-9HN3S-H7RV0-T81K3",
                "5d73b77f-8c4b-4ae0-b437-febd12facfd4",
                "pw:hunter2/x",
                "pass;Sommer-2026",
                "9f:86:d0:81:88:4c:7d:65:9a:2f:ea:a0:c5:5a",
                "48, 129, 135, 2, 1, 0, 48, 19, 6, 7, 42, 134, 72",
                "one.example.org\ntwo.example.org",
                "-----BEGIN PRIVATE KEY-----\nMC4CAQ",
                "-----BEGIN EC PRIVATE KEY-----MC4CAQ"
            })
    void what_could_be_a_secret_is_not_shown(String value) {
        assertThat(GivenText.shown(value)).isEqualTo(GivenText.MASK);
    }

    @Test
    void of_a_certificate_the_first_line_is_shown() {
        assertThat(GivenText.shown("-----BEGIN CERTIFICATE-----\nMIIB")).isEqualTo("-----BEGIN CERTIFICATE-----…");
    }

    @Test
    void a_path_is_shown_whatever_its_name_if_its_folder_exists(@TempDir Path folder) {
        String path = folder.resolve("hRANCAATx+dK3jf9Qw==").toString();

        assertThat(GivenText.shownPath(path)).isEqualTo(path);
        assertThat(GivenText.shownPath("/no/such/hRANCAATx+dK3jf9Qw==")).isEqualTo(GivenText.MASK);
        assertThat(GivenText.shownPath("hRANCAATx+dK3jf9Qw==")).isEqualTo(GivenText.MASK);
        assertThat(GivenText.shownPath("/hRANCAATx+dK3jf9Qw==")).isEqualTo(GivenText.MASK);
    }
}
