package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.FileText;
import io.github.dxlcdi.client.spi.GivenText;
import io.github.dxlcdi.client.spi.PemText;
import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A PEM text, given as such or as the path of a file that holds it. */
final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final int MOST_CERTIFICATES = 1_000;

    /** Shorter than the shortest key, longer than most paths that have neither dot nor dash. */
    private static final Pattern BARE_BASE64 = Pattern.compile("[A-Za-z0-9+/=\\s]{80,}");

    private final String what;
    private final String text;

    private Pem(String what, String text) {
        this.what = what;
        this.text = text;
    }

    /** Loads {@code source}, which messages call {@code role}. */
    static Pem load(String role, String source) throws DxlException {
        if (source == null || source.isBlank()) {
            throw new DxlException("The " + role + " is not given");
        }
        if (isInline(source)) {
            String what = "The " + role + " (given inline)";
            if (source.length() > CredentialFile.MOST_BYTES) {
                throw CredentialFile.tooLarge(what);
            }
            return new Pem(what, source);
        }
        if (isText(source)) {
            throw new DxlException(
                    "The " + role + " (given inline) is no PEM text: there is no line '" + PemText.BEGIN + "...-----'");
        }
        if (GivenText.shownPath(source).equals(GivenText.MASK)) {
            throw new DxlException("The " + role + " is neither a PEM text nor the path of a file");
        }
        CredentialFile file = new CredentialFile(role, source);
        return new Pem(file.what(), FileText.of(file.read()));
    }

    /** Whether {@code source} is the text itself, and not the path of a file. */
    static boolean isInline(String source) {
        return source.contains(PemText.BEGIN);
    }

    /** A key whose first line got lost must not appear in messages as if it were the name of a file. */
    private static boolean isText(String source) {
        return source.lines().count() > 1
                || source.contains("-----")
                || BARE_BASE64.matcher(source).matches();
    }

    /** All certificates, in their order, at least one. */
    List<X509Certificate> certificates() throws DxlException {
        List<X509Certificate> certificates = new ArrayList<>();
        PemText blocks = new PemText(text);
        Optional<PemText.Block> block = blocks.next(CERTIFICATE::equals);
        while (block.isPresent() && !block.get().isCutOff()) {
            if (certificates.size() == MOST_CERTIFICATES) {
                throw new DxlException(what + " holds more than " + MOST_CERTIFICATES + " certificates");
            }
            certificates.add(certificate(block.get(), certificates.size() + 1));
            block = blocks.next(CERTIFICATE::equals);
        }
        if (certificates.isEmpty()) {
            throw new DxlException(
                    what + " holds no certificate: there is no line '-----BEGIN CERTIFICATE-----' with its"
                            + " '-----END CERTIFICATE-----'");
        }
        return List.copyOf(certificates);
    }

    private X509Certificate certificate(PemText.Block block, int number) throws DxlException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.bytes()));
        } catch (CertificateException | RuntimeException e) {
            throw new DxlException(what + " holds a certificate that can't be read, number " + number, e);
        }
    }

    /**
     * The first private key.
     *
     * @param passphrase for one that is encrypted; null: there is none
     */
    PrivateKey privateKey(char[] passphrase) throws DxlException {
        PemText.Block block = new PemText(text)
                .next(label -> label.endsWith(PrivateKeyBlock.LABEL))
                .orElseThrow(() -> new DxlException(
                        what + " holds no private key: there is no line '-----BEGIN PRIVATE KEY-----'"));
        if (block.isCutOff()) {
            throw new DxlException(
                    what + " is cut off: its private key has no last line '-----END " + block.label() + "-----'");
        }
        return new PrivateKeyBlock(what, block).read(passphrase);
    }
}
