-- One that lay there under the name of another did, whatever came in since.
DELETE FROM refused WHERE sha256 = $1 AND kind <> 'again';
