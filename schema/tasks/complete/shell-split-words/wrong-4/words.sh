IFS= read -r -d '' text
ended=1
[[ $text == *$'\n' || -z $text ]] || ended=0

printf '%s' "$text" | awk -v ended=$ended '
BEGIN { quote = "\047" }

# Ends the word, if there is one.
function end_word() {
	if (in_word)
		word[++words] = text
	in_word = 0
	text = ""
}

function end_command(i) {
	end_word()
	if (words) {
		printf "%d:", words
		for (i = 1; i <= words; i++) {
			gsub(quote, quote "\\\\" quote quote, word[i])
			gsub(/\n/, quote "$" quote "\\n" quote quote, word[i])
			printf " %s%s%s", quote, word[i], quote
		}
		printf "\n"
	}
	words = 0
}

function add(c) {
	text = text c
	in_word = 1
}

{
	n = length($0)
	joined = 0
	for (i = 1; i <= n; i++) {
		c = substr($0, i, 1)
		if (inside == quote) {
			if (c == quote)
				inside = ""
			else
				text = text c
		} else if (c == "\\" && i == n) {
			joined = 1
		} else if (inside) {
			if (c == "\"")
				inside = ""
			else if (c == "\\")
				text = text substr($0, ++i, 1)
			else
				text = text c
		} else if (c == "\\") {
			add(substr($0, ++i, 1))
		} else if (c == quote || c == "\"") {
			inside = c
			in_word = 1
		} else if (c == " " || c == "\t") {
			end_word()
		} else if (c == ";") {
			end_command()
		} else if (c == "#" && !in_word) {
			break
		} else {
			add(c)
		}
	}
	if (inside)
		text = text (joined ? "" : "\n")
	else if (!joined)
		end_command()
}

END {
	if (inside || joined && !ended)
		exit 1
	end_command()
}
'
if ((PIPESTATUS[1] != 0)); then
	echo "words: unfinished" >&2
	exit 1
fi
