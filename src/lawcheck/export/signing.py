"""Manifests signed with Ed25519 (签名), by the library `cryptography` of the extra `sign`.

A signature says by which public key it was made; whose key that is nobody but its owner can say, so its fingerprint is
shown: the SHA-256 of the key in DER, as `openssl pkey -pubin -in public.pem -outform DER | sha256sum` prints it.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lawcheck.core.frozen import Document
from lawcheck.core.manifest import SIGNATURE, signed_text
from lawcheck.core.writing import reading_reason
from lawcheck.errors import ExtraMissing, KeyUnusable, SignatureWrong

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALGORITHM = "ed25519"
MAX_KEY = 65_536
"""More bytes are no key."""


def signer(path: Path, passphrase: Callable[[], str | None]) -> Callable[[Document], Document]:
    """Return what signs a manifest with a private key: PEM, PKCS 8, as `openssl genpkey -algorithm ed25519` writes it.

    `passphrase` is asked where the key is encrypted; it returns None where nobody can be asked.

    Raises:
        KeyUnusable: the file cannot be read or is no such key.
        ExtraMissing: the library is not installed.

    """
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError as error:
        raise ExtraMissing(extra="sign") from error
    held, secret = _read(path), None
    if b"ENCRYPTED" in held:
        secret = passphrase()
        if secret is None:
            raise KeyUnusable(path=str(path), reason="needs-passphrase")
    try:
        key = load_pem_private_key(held, secret.encode() if secret else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        why = "wrong-passphrase" if secret is not None else "no-private-key"
        raise KeyUnusable(path=str(path), reason=why) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnusable(path=str(path), reason="not-ed25519")

    def sign(document: Document) -> Document:
        signature = {
            "algorithm": ALGORITHM,
            "public_key": base64.b64encode(_der(key.public_key())).decode(),
            "value": base64.b64encode(key.sign(signed_text(document).encode())).decode(),
        }
        return {**document, SIGNATURE: signature}

    return sign


def check_signature(document: Document, key: Path | None = None) -> str | None:
    """Return the fingerprint of the key by which a manifest is signed, None where it has no signature.

    With `key`, a public key in PEM, the signature must be there and be by that key.

    Raises:
        SignatureWrong: the signature does not hold, or is not by that key, or is missing where a key is given.
        KeyUnusable: the key cannot be read.
        ExtraMissing: the library is not installed, and there is a signature to check.

    """
    signature = document.get(SIGNATURE)
    if signature is None:
        if key is not None:
            raise SignatureWrong(path="", reason="unsigned")
        return None
    try:
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key
    except ImportError as error:
        raise ExtraMissing(extra="sign") from error
    try:
        if signature["algorithm"] != ALGORITHM:
            raise SignatureWrong(path="", reason="other-algorithm")
        public = load_der_public_key(base64.b64decode(signature["public_key"], validate=True))
        value = base64.b64decode(signature["value"], validate=True)
        if not isinstance(public, Ed25519PublicKey):
            raise SignatureWrong(path="", reason="other-algorithm")
        public.verify(value, signed_text(document).encode())
    except (InvalidSignature, LookupError, TypeError, ValueError, binascii.Error, UnsupportedAlgorithm) as error:
        raise SignatureWrong(path="", reason="wrong-signature") from error
    if key is not None:
        try:
            wanted = load_pem_public_key(_read(key))
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KeyUnusable(path=str(key), reason="no-public-key") from error
        if not isinstance(wanted, Ed25519PublicKey):
            raise KeyUnusable(path=str(key), reason="not-ed25519")
        if _der(wanted) != _der(public):
            raise SignatureWrong(path="", reason="another-key")
    return fingerprint(_der(public))


def fingerprint(der: bytes) -> str:
    """Return the SHA-256 of a public key, as 64 hexadecimal digits."""
    return hashlib.sha256(der).hexdigest()


def _der(key: "Ed25519PublicKey") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _read(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise KeyUnusable(path=str(path), reason="not-a-file")
        with path.open("rb") as file:
            held = file.read(MAX_KEY + 1)
    except (OSError, ValueError) as error:
        raise KeyUnusable(path=str(path), reason=reading_reason(error)) from error
    if len(held) > MAX_KEY:
        raise KeyUnusable(path=str(path), reason="too-large")
    return held
