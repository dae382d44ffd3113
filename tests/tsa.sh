#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A time-stamping authority, played by openssl(1), for the tests.
#   tsa.sh setup DIR               authorities and signers of each kind into DIR
#   tsa.sh reply DIR QUERY REPLY [KIND]   answers QUERY; KIND: tsa (default), expired, other,
#                                  purpose (no timeStamping among its purposes), rejected
set -eu
what=$1 D=$2

# certificate NAME CA PURPOSES FROM TO: a key and a certificate over it
certificate() {
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$D/$1.key" -out "$D/$1.csr" \
		-subj "/O=Example/CN=Test $1" 2>/dev/null
	printf 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\n%s\n' "$3" >"$D/extensions"
	openssl ca -batch -notext -config "$D/tsa.cnf" -name "$2" -in "$D/$1.csr" -out "$D/$1.pem" -startdate "$4" \
		-enddate "$5" -extfile "$D/extensions" 2>/dev/null
}

case $what in
setup)
	mkdir -p "$D"
	: >"$D/index"
	echo 01 >"$D/serial"
	for ca in ca other-ca; do
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$D/$ca.key" -out "$D/$ca.pem" \
			-subj "/O=Example/CN=Test $ca" -days 3650 2>/dev/null
	done
	{
		for ca in ca other-ca; do
			printf '[%s]\ndatabase=%s/index\nserial=%s/serial\nnew_certs_dir=%s\n' "$ca" "$D" "$D" "$D"
			printf 'certificate=%s/%s.pem\nprivate_key=%s/%s.key\n' "$D" "$ca" "$D" "$ca"
			printf 'default_md=sha256\npolicy=any\nunique_subject=no\n'
		done
		printf '[any]\norganizationName=optional\ncommonName=supplied\n'
		printf '[stamp]\nserial=%s/stamps\ncrypto_device=builtin\nsigner_digest=sha256\n' "$D"
		printf 'default_policy=1.2.3.4.1\nother_policies=1.2.3.4.2\ndigests=sha256\n'
		printf 'accuracy=secs:1\nordering=yes\ntsa_name=yes\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n'
	} >"$D/tsa.cnf"
	cp "$D/tsa.cnf" "$D/rejecting.cnf"
	sed -i 's/^digests=.*/digests=sha512/' "$D/rejecting.cnf"
	echo 01 >"$D/stamps"
	stamping='extendedKeyUsage=critical,timeStamping'
	certificate tsa ca "$stamping" 20230101000000Z 20400101000000Z
	certificate expired ca "$stamping" 20200101000000Z 20230101000000Z
	certificate other other-ca "$stamping" 20230101000000Z 20400101000000Z
	certificate purpose ca 'extendedKeyUsage=critical,codeSigning' 20230101000000Z 20400101000000Z
	;;
reply)
	kind=${5:-tsa} config=$D/tsa.cnf signer=${5:-tsa}
	case $kind in rejected) config=$D/rejecting.cnf signer=tsa ;; purpose) signer=tsa ;; esac
	openssl ts -reply -config "$config" -section stamp -queryfile "$3" -signer "$D/$signer.pem" \
		-inkey "$D/$signer.key" -out "$4" 2>/dev/null
	[ "$kind" = purpose ] || exit 0
	# openssl ts refuses to sign so: the same words, signed by that certificate
	openssl ts -reply -in "$4" -token_out -out "$D/token" 2>/dev/null
	openssl cms -verify -noverify -inform DER -in "$D/token" -out "$D/words" 2>/dev/null
	openssl cms -sign -binary -nodetach -cades -md sha256 -econtent_type id-smime-ct-TSTInfo -in "$D/words" \
		-signer "$D/purpose.pem" -inkey "$D/purpose.key" -outform DER -out "$D/token" 2>/dev/null
	# TimeStampResp {{granted}, token}, of 256 to 65,535 bytes
	size=$(($(wc -c <"$D/token") + 5))
	{
		printf '\060\202'
		printf "\\$(printf %03o $((size / 256)))\\$(printf %03o $((size % 256)))"
		printf '\060\003\002\001\000'
		cat "$D/token"
	} >"$4"
	;;
esac
