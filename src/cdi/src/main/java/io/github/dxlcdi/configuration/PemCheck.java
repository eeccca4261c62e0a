package io.github.dxlcdi.configuration;

import io.github.dxlcdi.client.spi.FileText;
import io.github.dxlcdi.client.spi.PemText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a value, PEM text or the path of a file with it, can be what it should be. The client would say so as well, but
 * only of the first one that can't, and without its key.
 */
enum PemCheck {
    CERTIFICATES {
        @Override
        String problemOf(String pem) {
            PemText blocks = new PemText(pem);
            Optional<PemText.Block> block = blocks.next(CERTIFICATE::equals);
            if (block.isEmpty() || block.get().isCutOff()) {
                return "there is no certificate in it";
            }
            try {
                while (block.isPresent() && !block.get().isCutOff()) {
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(block.get().bytes()));
                    block = blocks.next(CERTIFICATE::equals);
                }
                return "";
            } catch (CertificateException | IllegalArgumentException e) {
                return "a certificate in it is damaged";
            }
        }
    },
    PRIVATE_KEY {
        @Override
        String problemOf(String pem) {
            boolean encrypted = pem.contains(BEGIN + "ENCRYPTED PRIVATE KEY-----") || pem.contains("4,ENCRYPTED");
            return encrypted
                    ? "it is encrypted: set " + ConfigurationKey.TLS_PRIVATE_KEY_PASSWORD.name()
                    : ENCRYPTED_PRIVATE_KEY.problemOf(pem);
        }
    },
    ENCRYPTED_PRIVATE_KEY {
        @Override
        String problemOf(String pem) {
            return pem.contains("PRIVATE KEY-----") ? "" : "there is no private key in it";
        }
    };

    private static final Pattern KEY_STORE = Pattern.compile("(?i)[^\\n]{1,1000}\\.(p12|pfx)");
    private static final int MOST_BYTES = 1024 * 1024;
    private static final String BEGIN = "-----BEGIN ";
    private static final String CERTIFICATE = "CERTIFICATE";

    /** What is wrong with a PEM text; empty: nothing. */
    abstract String problemOf(String pem);

    /** Whether a value is the path of a key store of the kind PKCS#12, by its name. */
    static boolean isKeyStore(String value) {
        return KEY_STORE.matcher(value.strip()).matches();
    }

    /** Whether a value is PEM text itself, and no path. */
    static boolean isText(String value) {
        return value.contains(BEGIN);
    }

    /** What is wrong with a value; empty: nothing. */
    String problem(String value) {
        try {
            return problemOfValue(value);
        } catch (NoClassDefFoundError e) {
            // The reader is in our client; another one says what is wrong itself.
            return "";
        }
    }

    private String problemOfValue(String value) {
        if (isText(value)) {
            return problemOf(value);
        }
        try {
            Path file = Path.of(value);
            if (isKeyStore(value)) {
                // The client opens it.
                return Files.isReadable(file) ? "" : "there is no such file, or this user has no permission to read it";
            }
            return Files.size(file) > MOST_BYTES
                    ? "it is larger than " + MOST_BYTES + " bytes"
                    : problemOf(FileText.of(Files.readAllBytes(file)));
        } catch (NoSuchFileException | InvalidPathException e) {
            return "there is no such file";
        } catch (AccessDeniedException e) {
            return "this user has no permission to read the file";
        } catch (IOException e) {
            return "the file can't be read";
        }
    }
}
