package io.github.dxlcdi.configuration;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/**
 * Whether a value, PEM text or the path of a file with it, can be what it should be. The client would say so as well, but
 * only of the first one that can't, and without its key.
 */
enum PemCheck {
    CERTIFICATES {
        @Override
        String problemOf(String pem) {
            int first = pem.indexOf(BEGIN + "CERTIFICATE-----");
            if (first < 0) {
                return "there is no certificate in it";
            }
            byte[] certificates = pem.substring(first).getBytes(StandardCharsets.ISO_8859_1);
            try {
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(certificates));
                return "";
            } catch (CertificateException e) {
                return "a certificate in it is damaged";
            }
        }
    },
    PRIVATE_KEY {
        @Override
        String problemOf(String pem) {
            if (pem.contains(BEGIN + "PRIVATE KEY-----")) {
                return "";
            }
            return pem.contains("PRIVATE KEY-----")
                    ? "it is encrypted or of an old form; convert it with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW"
                    : "there is no private key in it";
        }
    };

    private static final String BEGIN = "-----BEGIN ";

    /** What is wrong with a PEM text; empty: nothing. */
    abstract String problemOf(String pem);

    /** What is wrong with a value; empty: nothing. */
    String problem(String value) {
        if (value.contains(BEGIN)) {
            return problemOf(value);
        }
        try {
            return problemOf(Files.readString(Path.of(value), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException | InvalidPathException e) {
            return "there is no such file";
        } catch (AccessDeniedException e) {
            return "this user has no permission to read the file";
        } catch (IOException e) {
            return "the file can't be read";
        }
    }
}
