package io.github.dxlcdi.fabric.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected bytes by hand from X.690. */
class DerTest {
    private static String hex(byte[] der) {
        return HexFormat.of().formatHex(der);
    }

    @ParameterizedTest
    @CsvSource({"0, 0400", "127, 047f", "128, 048180", "255, 0481ff", "256, 04820100", "65536, 0483010000"})
    void a_length_takes_as_many_bytes_as_it_needs(int length, String header) {
        assertThat(hex(Der.octetString(new byte[length]))).startsWith(header).hasSize(header.length() + 2 * length);
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.840.10045.4.3.2, 06082a8648ce3d040302",
        "2.5.29.15, 0603551d0f",
        "1.3.6.1.5.5.7.3.2, 06082b06010505070302",
        "1.2.16384, 06042a818000"
    })
    void an_object_id_is_written_in_base_128(String oid, String der) {
        assertThat(hex(Der.oid(oid))).isEqualTo(der);
    }

    @Test
    void a_year_has_four_digits_from_2050_on() {
        assertThat(hex(Der.time(Instant.parse("2049-12-31T23:59:59Z"))))
                .isEqualTo("170d" + "3439313233313233353935395a");
        assertThat(hex(Der.time(Instant.parse("2050-01-01T00:00:00Z"))))
                .isEqualTo("180f" + "32303530303130313030303030305a");
    }

    @Test
    void a_positive_number_is_never_read_as_a_negative_one() {
        assertThat(hex(Der.integer(BigInteger.valueOf(0x80)))).isEqualTo("02020080");
    }
}
