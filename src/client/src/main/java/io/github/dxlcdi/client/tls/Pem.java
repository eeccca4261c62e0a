package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PEM text, given as such or as the path of a file that holds it. */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);
    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----(.*?)-----END [A-Z0-9 ]*PRIVATE KEY-----", Pattern.DOTALL);
    private static final Pattern PRIVATE_KEY_BEGIN = Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----");

    /** Shorter than the shortest key, longer than most paths that have neither dot nor dash. */
    private static final Pattern BARE_BASE64 = Pattern.compile("[A-Za-z0-9+/=\\s]{80,}");

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC");
    private static final String REMEDY = "convert it with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW";

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
        if (source.contains(BEGIN)) {
            return new Pem("The " + role + " (given inline)", source);
        }
        if (isText(source)) {
            throw new DxlException(
                    "The " + role + " (given inline) is no PEM text: there is no line '" + BEGIN + "...-----'");
        }
        String what = "The " + role + " (" + source + ")";
        try {
            return new Pem(what, Files.readString(Path.of(source), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new DxlException(what + " can't be read: no such file");
        } catch (AccessDeniedException e) {
            throw new DxlException(what + " can't be read: this user has no permission to");
        } catch (IOException e) {
            throw new DxlException(what + " can't be read", e);
        }
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
        Matcher found = CERTIFICATE.matcher(text);
        while (found.find()) {
            certificates.add(certificate(found.group(), certificates.size() + 1));
        }
        if (certificates.isEmpty()) {
            throw new DxlException(
                    what + " holds no certificate: there is no line '-----BEGIN CERTIFICATE-----' with its"
                            + " '-----END CERTIFICATE-----'");
        }
        return List.copyOf(certificates);
    }

    private X509Certificate certificate(String pem, int number) throws DxlException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (CertificateException e) {
            throw new DxlException(what + " holds a certificate that can't be read, number " + number, e);
        }
    }

    PrivateKey privateKey() throws DxlException {
        Matcher found = PRIVATE_KEY.matcher(text);
        if (!found.find()) {
            throw new DxlException(
                    PRIVATE_KEY_BEGIN.matcher(text).find()
                            ? what + " is cut off: its private key has no last line '-----END PRIVATE KEY-----'"
                            : what + " holds no private key: there is no line '-----BEGIN PRIVATE KEY-----'");
        }
        if (!found.group(1).isEmpty()) {
            throw new DxlException(what + " is a '" + found.group(1) + "PRIVATE KEY', expected an unencrypted PKCS#8"
                    + " 'PRIVATE KEY'; " + REMEDY);
        }
        byte[] encoded;
        try {
            encoded = Base64.getDecoder()
                    .decode(WHITE_SPACE.matcher(found.group(2)).replaceAll(""));
        } catch (IllegalArgumentException e) {
            throw new DxlException(what + " is damaged: its text is not base64");
        }
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                // It may be a key of the next kind.
            } catch (GeneralSecurityException e) {
                throw new DxlException(what + " can't be read", e);
            }
        }
        throw new DxlException(what + " is damaged, or neither an RSA nor an EC key");
    }
}
