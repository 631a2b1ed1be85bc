// Words that LiveDesk's own sentences are made of, in the languages it speaks most, and the little words of those
// languages: a message that holds one of them has not said anything of its own.

export const COMMON_WORDS = `
a about above access account action after again all allowed already also an and any api app are argument array
as at attachment attachments attribute authentication authorized bad be because been before being between blank
body bot build but button by call can cannot channel character characters check code column component connection
contact contain contains content continuing conversation correct could couldn t create credentials customer data
date day delivered delivery did do does don due email empty end error errors exceeded existing exists expected
expired failed failing failure false field file files find for forbidden format found from gateway get had has
hash have he header here hours http https i id if image in inbox incoming integer internal into invalid is it
its key language large last length less limit link list long longer many match maximum may me media message
messages method missing more most must my name need needs new no not null number object of off on once one only
open or other our out outgoing page parameter parameters params passed password payload permission phone please
policy private processed re read received recipient refused replied request required resource retry send sender
sent server service session should sign so some string such support supported system template text than that the
their them then there they this time timeout to token too try type unable unknown until up upload url us use
user validation value variable version via video wait was way we were what when where which while who will with
within without wrong yes yet you your al ao au com como con da das de del des dos du e el em en es est está et
foi fue ha han il la las le les lo los mais mas más muito muy na ne nos não o os par para pas pela pelo plus
podido por pour pu puede que qui se ser si sin son su sur também te trop um uma un una une y à été être ya
contenido contenu conteúdo demasiado inválido invalide longo mensaje mensagem messaggio nombre nome número
correo utilisateur usuario aan als am auch auf aus bei bitte dass dem den der die ein eine einen er fehler für
haben hat ich ihr ihre im inhalt ist kann keine können mehr mit muss nachricht nicht noch oder sein sich sie
sind und ungültig unter von war wenn werden wie wir wird wurde wurden zu zum zur über gefunden gesendet een geen
het niet van zijn voor op bericht che di non per più sono è troppo в и на не с что к это от для сообщение ошибка
bir bu ve için çok değil của là không và có tin nhắn 에 수 없습니다 메시지 내용 오류 内容 消息 信息 邮箱 电话 姓名 名称 错误 无效 用户 模板 文件 附件
メッセージ コンテンツ エラー メール 名前 本文 ファイル 番号 ข้อความ เนื้อหา อีเมล ชื่อ
`;
