// Words that LiveDesk's own sentences are made of, and the little words of the languages it speaks most: a message
// that holds one of them has not said anything of its own.

export const COMMON_WORDS = `
a access after agent all allowed already also an and any api are argument as at attachment be because been before being
blank body bot but by can cannot channel character characters code column contact content continuing conversation
could couldn create customer data does empty error expected failed file for format found from has have id if image
in inbox internal into invalid is it last long maximum may message messages missing more must name need new no not
null number of on only or our parameter parameters params password permission permitted phone please private re recipient reply request
required server session should sign since so storage system t template text than that the this time timeout to token too
type undeliverable unknown up url us user valid validation value was we were when with you your email again
der die das ist nicht zu und ein für inhalt lang de la el es que y no contenido demasiado largo muy contenu est
trop pas et o é conteúdo muito longo da
`;
