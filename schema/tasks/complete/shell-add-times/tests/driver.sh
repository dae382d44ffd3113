show() {
	local status
	bash hours.sh >out 2>err 3>&-
	status=$?
	{
		printf -- '-- %s: status %s, messages %s\n' "$1" "$status" "$(grep -c . err)"
		cat out
	} >&3
}

show one <<'END'
1:30 pump
0:45 fan
2:15 pump
END
show octal <<'END'
08:08 a
09:09 a
00:08 b
010:09 c
0:00 d
END
show empty </dev/null
show 'blank lines' <<'END'


   
1:00 x
	
END
show names <<'END'
1:00 north wing
2:00 north  wing
0:30   north wing
0:10 *
0:10 $HOME
0:20 *
0:05 a\tb
0:05 50%
0:05 -n
0:01 total
0:02 it's
0:02 "it's"
END
printf '1:00 x  \n2:30 x' | show 'no newline'
show wrong <<'END'
1:60 a
1:5 a
:30 a
1:30
1:30 
1:30a
a:30 a
1.5 a
1000:00 a
-1:30 a
1:30 good
 1:30 a
1:30:00 a
1:300 a
0x1:30 a
END
show many < <(for ((i = 0; i < 300; i++)); do printf '%d:%02d p%d\n' $((i % 24)) $((i % 60)) $((i % 7)); done)
show large <<'END'
999:59 a
999:59 a
000:00 b
END
show order <<'END'
0:01 z
0:01 a
0:01 m
0:01 z
0:01 10
0:01 9
END
