package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.GivenText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The cipher suites that are offered: all that we know, or those that a list in OpenSSL's words chooses. */
public final class CipherList {
    /**
     * What we offer, as far as the provider knows it: those with forward secrecy first, then what brokers before 6.1.1 speak.
     * Netty's own list leaves some of these out, and among them the one that these brokers prefer.
     */
    public static final List<String> ALL = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA256",
            "TLS_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA");

    private static final String KEY_EXCHANGE_ENDS = "_WITH_";
    private static final Pattern SHORT_WORDS =
            Pattern.compile("(?:[!+:,@ -]*(?:DH|3DES|=\\d|[ak]?[A-Z][A-Z0-9]{2,7})(?!\\w))*");

    private CipherList() {}

    /**
     * Those of our suites that an OpenSSL cipher string (its manual page ciphers(1)) chooses, in its order and by their
     * JDK names: {@code ECDH+AESGCM:DH+AESGCM:!MD5}. As there, those of TLS 1.3 are not subject to it, and words that are
     * not known choose nothing.
     *
     * @throws DxlException if nothing is left for TLS 1.2
     */
    public static List<String> chosen(String openSsl) throws DxlException {
        List<String> old =
                ALL.stream().filter(suite -> suite.contains(KEY_EXCHANGE_ENDS)).toList();
        Set<String> chosen = new LinkedHashSet<>();
        Set<String> banned = new TreeSet<>();
        for (String word : openSsl.split("[:,\\s]+")) {
            if (word.isEmpty()) {
                continue;
            }
            String terms = word.replaceFirst("^[!+-]", "");
            List<String> meant = old.stream()
                    .filter(suite -> wordsFor(suite).containsAll(Arrays.asList(terms.split("\\+"))))
                    .toList();
            switch (word.charAt(0)) {
                case '!' -> banned.addAll(meant);
                case '-' -> meant.forEach(chosen::remove);
                case '+' -> meant.stream().filter(chosen::remove).toList().forEach(chosen::add);
                default -> chosen.addAll(meant);
            }
        }
        chosen.removeAll(banned);
        if (chosen.isEmpty()) {
            throw new DxlException(
                    "The cipher suites are '" + shown(openSsl) + "' (TlsCiphers), which chooses none of those that"
                            + " this client speaks; name some as OpenSSL does, such as ECDH+AESGCM, or remove the key");
        }
        return Stream.concat(ALL.stream().filter(suite -> !old.contains(suite)), chosen.stream())
                .toList();
    }

    /** OpenSSL's words are short and in capitals but for one letter in front; anything else may be a secret. */
    private static String shown(String openSsl) {
        return SHORT_WORDS.matcher(openSsl).matches() ? openSsl : GivenText.shown(openSsl);
    }

    /** What OpenSSL calls a suite before TLS 1.3: its name, and the words for each of its parts. */
    private static Set<String> wordsFor(String suite) {
        int end = suite.indexOf(KEY_EXCHANGE_ENDS);
        List<String> exchange = List.of(suite.substring("TLS_".length(), end).split("_"));
        String cipher = suite.substring(end + KEY_EXCHANGE_ENDS.length());
        String hash = cipher.substring(cipher.lastIndexOf('_') + 1);
        boolean aead = !cipher.contains("CBC");
        Set<String> words = new TreeSet<>(List.of("ALL", "DEFAULT", "HIGH", suite));
        words.addAll(
                switch (exchange.get(0)) {
                    case "ECDHE" -> List.of("ECDH", "ECDHE", "EECDH", "kECDHE", "kEECDH");
                    case "DHE" -> List.of("DH", "DHE", "EDH", "kDHE", "kEDH");
                    default -> List.of("RSA", "kRSA");
                });
        words.addAll(exchange.contains("ECDSA") ? List.of("ECDSA", "aECDSA") : List.of("aRSA"));
        words.addAll(
                !cipher.startsWith("AES")
                        ? List.of("CHACHA20")
                        : List.of("AES", cipher.startsWith("AES_256") ? "AES256" : "AES128"));
        words.addAll(aead || !hash.equals("SHA") ? List.of("TLSv1.2") : List.of("TLSv1", "SSLv3"));
        if (cipher.contains("GCM")) {
            words.add("AESGCM");
        } else if (!aead) {
            words.addAll(hash.equals("SHA") ? List.of("SHA", "SHA1") : List.of(hash));
        }
        words.add(nameOf(exchange, cipher));
        return words;
    }

    /** {@code ECDHE-RSA-AES256-GCM-SHA384}; RSA alone and CBC are not named, nor is the hash beside ChaCha20. */
    private static String nameOf(List<String> exchange, String cipher) {
        List<String> parts = new ArrayList<>(exchange.size() > 1 ? exchange : List.of());
        parts.add(cipher.replace("AES_", "AES")
                .replace("_CBC", "")
                .replace("POLY1305_SHA256", "POLY1305")
                .replace('_', '-'));
        return String.join("-", parts);
    }
}
