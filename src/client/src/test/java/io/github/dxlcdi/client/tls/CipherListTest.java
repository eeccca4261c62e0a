package io.github.dxlcdi.client.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.exception.DxlException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CipherListTest {
    @ParameterizedTest
    @CsvSource({
        "ECDHE-RSA-AES256-GCM-SHA384, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "ECDHE-ECDSA-AES128-SHA256, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "ECDHE-RSA-AES128-SHA, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "ECDHE-RSA-CHACHA20-POLY1305, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "DHE-RSA-AES128-GCM-SHA256, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "AES256-GCM-SHA384, TLS_RSA_WITH_AES_256_GCM_SHA384",
        "AES128-SHA256, TLS_RSA_WITH_AES_128_CBC_SHA256",
        "AES256-SHA, TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLS_RSA_WITH_AES_128_CBC_SHA, TLS_RSA_WITH_AES_128_CBC_SHA"
    })
    void a_suite_is_known_by_its_name_in_openssl_and_in_the_jdk(String openSsl, String jdk) throws Exception {
        assertThat(before13(openSsl)).containsExactly(jdk);
    }

    @Test
    void suites_come_in_the_order_of_the_list_and_each_once() throws Exception {
        assertThat(before13("AES128-SHA, AES256-SHA:AES128-SHA"))
                .containsExactly("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA");
        assertThat(before13("kRSA+SHA:+AES256"))
                .containsExactly("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA");
    }

    @Test
    void words_that_are_joined_must_all_fit() throws Exception {
        assertThat(before13("ECDH+AESGCM+aRSA"))
                .containsExactly("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        assertThat(before13("SHA256")).allMatch(suite -> suite.endsWith("_CBC_SHA256"));
    }

    @Test
    void what_is_removed_may_come_back_and_what_is_banned_may_not() throws Exception {
        assertThat(before13("RSA+AES128:-SHA:AES128-SHA:!AESGCM"))
                .containsExactly("TLS_RSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA");
    }

    @Test
    void the_list_of_a_broker_chooses_all_that_both_know() throws Exception {
        assertThat(before13(
                        "ECDH+AESGCM:DH+AESGCM:ECDH+AES256:DH+AES256:ECDH+AES128:DH+AES:RSA+AESGCM:CAMELLIA:RSA+AES:"
                                + "!3DES:!aNULL:!MD5"))
                .hasSize(20)
                .startsWith("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
                .noneMatch(suite -> suite.contains("CHACHA20"));
    }

    @Test
    void those_of_tls_1_3_are_always_offered_first() throws Exception {
        assertThat(CipherList.chosen("AES128-SHA"))
                .containsExactly(
                        "TLS_AES_256_GCM_SHA384",
                        "TLS_AES_128_GCM_SHA256",
                        "TLS_CHACHA20_POLY1305_SHA256",
                        "TLS_RSA_WITH_AES_128_CBC_SHA");
    }

    @ParameterizedTest
    @CsvSource({"CAMELLIA", "ALL:!ALL", "NONSENSE:@SECLEVEL=2", "''"})
    void a_list_that_chooses_nothing_is_refused_with_what_to_do(String list) {
        assertThatThrownBy(() -> CipherList.chosen(list))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("'" + list + "' (TlsCiphers), which chooses none")
                .hasMessageContaining("such as ECDH+AESGCM");
    }

    @Test
    void only_a_limit_of_1_3_leaves_1_2_out() throws Exception {
        TlsRules all = TlsRules.of(TlsProvider.JDK, true);
        for (String older : List.of("TLSv1", "TLSv1.1", "TLSv1.2")) {
            assertThat(all.within(Optional.of(older), Optional.empty())).isEqualTo(all);
        }
        assertThat(all.within(Optional.of("TLSv1.3"), Optional.empty()).protocols())
                .containsExactly("TLSv1.3");
    }

    private static List<String> before13(String openSsl) throws DxlException {
        List<String> chosen = CipherList.chosen(openSsl);
        return chosen.subList(3, chosen.size());
    }
}
